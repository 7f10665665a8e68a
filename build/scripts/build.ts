/** `npm run build`: main, preload and page into out/, and the notices of what is shipped. */
import { spawnSync } from 'node:child_process'

const steps: readonly (readonly string[])[] = [
  ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
  ['build/packaging/third-party-notices.ts'],
]

for (const step of steps) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', ...step], {
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  })
  if (status === 0) continue
  process.stderr.write(`${stdout}${stderr}`)
  process.exit(status ?? 1)
}
