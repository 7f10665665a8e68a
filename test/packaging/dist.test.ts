import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { failedToDownload } from '../../build/packaging/run-electron-builder.ts'

const dist = join(import.meta.dirname, '../../build/scripts/dist.ts')
const run = (...flags: readonly string[]) => spawnSync(process.execPath, [dist, ...flags], { encoding: 'utf8' })

describe('npm run dist', () => {
  it('refuses a flag it does not know, in one sentence', () => {
    const { status, stderr, stdout } = run('--dir', '--macos')
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toBe('Unknown flag --macos. Known are --dir, --linux, --win, --mac, --x64, --arm64.\n')
  })

  it('refuses two architectures at once', () => {
    expect(run('--dir', '--linux', '--x64', '--arm64')).toMatchObject({ status: 2 })
  })

  it.each([
    'getaddrinfo ENOTFOUND github.com',
    'RequestError: connect ECONNREFUSED 140.82.121.3:443',
    'cannot download "https://github.com/electron-userland/electron-builder-binaries/nsis", status code 503',
  ])('knows a missing network from %s', (log) => {
    expect(failedToDownload(log)).toBe(true)
  })

  it.each([
    'Application entry file "out/main/index.js" does not exist',
    'Icon must be at least 256x256 pixels',
    '',
  ])('does not blame the network for %j', (log) => {
    expect(failedToDownload(log)).toBe(false)
  })
})
