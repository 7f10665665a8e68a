/** `npm run build`: main, preload and page into out/, and the notices of what is shipped. */
import { spawnSync } from 'node:child_process'

const { status, stdout, stderr } = spawnSync(process.execPath, ['node_modules/electron-vite/bin/electron-vite.js', 'build'], {
  encoding: 'utf8',
  env: { ...process.env, NODE_ENV: 'production' },
})
if (status !== 0) process.stderr.write(`${stdout}${stderr}`)
process.exit(status ?? 1)
