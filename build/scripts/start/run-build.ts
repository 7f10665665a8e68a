import { spawnSync } from 'node:child_process'
import { hashOfSources, leaveStamp } from './build-stamp.ts'

const steps: readonly (readonly string[])[] = [
  ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
  ['build/packaging/third-party-notices.ts'],
]

/** Main, preload and page into out/, and the notices of what is shipped. Quiet, unless it fails. */
export function runBuild(root: string): boolean {
  const hash = hashOfSources(root)
  for (const step of steps) {
    const { status, error, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...step], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (status === 0) continue
    process.stderr.write(`${stdout ?? ''}${stderr ?? ''}The build failed: ${error?.message ?? 'the lines above say where'}.\n`)
    return false
  }
  leaveStamp(root, hash)
  return true
}
