import { createRequire } from 'node:module'

/** What Electron adds to `process`, beside its own modules. */
export function dressProcess(type: 'browser' | 'utility', resources: string): void {
  // The npm package is there without its binary; its manifest says which Electron the app is built for.
  const { version } = createRequire(import.meta.url)('electron/package.json') as { readonly version: string }
  const versions = { electron: { value: version, enumerable: true }, chrome: { value: '0.0.0', enumerable: true } }
  Object.defineProperties(process.versions, versions)
  Object.defineProperties(process, {
    type: { value: type, enumerable: true },
    resourcesPath: { value: resources, enumerable: true },
    defaultApp: { value: true, enumerable: true },
  })
}
