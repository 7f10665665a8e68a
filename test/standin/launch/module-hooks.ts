import { registerHooks } from 'node:module'

/**
 * Lets `electron`, imported or required by anyone in this process, mean another module. The shipped bundle is thereby run as
 * it is: no alias in a build, no mock in a test runner.
 */
export function redirectElectron(target: URL): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (!/^electron(\/(main|common|utility))?$/.test(specifier)) return next(specifier, context)
      return { url: target.href, shortCircuit: true }
    },
  })
}
