import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { desktopOrder, electronBinary, reasonAgainstElectron, runElectron } from '../../../build/scripts/start/electron-host.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-electron-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the choice of the host', () => {
  it.each([
    [{ DISPLAY: ':0' }, 'linux', 1_000, undefined],
    [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', 1_000, undefined],
    [{}, 'darwin', 501, undefined],
    [{}, 'darwin', 0, undefined],
    [{}, 'win32', undefined, undefined],
    [{}, 'linux', 1_000, 'there is no display'],
    [{ DISPLAY: '' }, 'linux', 1_000, 'there is no display'],
    [{ DISPLAY: ':0' }, 'linux', 0, 'Electron does not run as root'],
    [{ DISPLAY: ':0', BALLAST_NO_ELECTRON: '1' }, 'linux', 1_000, 'BALLAST_NO_ELECTRON is set'],
    [{ BALLAST_NO_ELECTRON: '1' }, 'win32', undefined, 'BALLAST_NO_ELECTRON is set'],
  ] as const)('for %j on %s as %s is against a window because: %s', (env, platform, userId, reason) => {
    expect(reasonAgainstElectron(env, platform, userId)).toBe(reason)
  })
})

describe('the desktop app’s order', () => {
  it('gets the home as its environment, as the caller of npm meant it, and all else as it is', () => {
    const order = desktopOrder(['--home', 'books', '--profile', 'paper'], { INIT_CWD: '/me', ELECTRON_RUN_AS_NODE: '1' }, '/repository')
    expect(order).toEqual({ args: ['--profile', 'paper'], env: { INIT_CWD: '/me', BALLAST_HOME: '/me/books' } })
    expect(desktopOrder(['--home=/books'], {}, '/repository')).toEqual({ args: [], env: { BALLAST_HOME: '/books' } })
    expect(desktopOrder([], { A: '1' }, '/repository')).toEqual({ args: [], env: { A: '1' } })
  })
})

describe('Electron’s binary', () => {
  it('is where its package says, or not there', () => {
    expect(electronBinary(folder, {})).toBeUndefined()
    writeFileSync(join(folder, 'path.txt'), 'electron')
    expect(electronBinary(folder, {})).toBeUndefined()
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/electron'), '')
    expect(electronBinary(folder, {})).toBe(join(folder, 'dist/electron'))
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: '/elsewhere' })).toBeUndefined()
    rmSync(join(folder, 'path.txt'))
    expect(electronBinary('/nowhere', { ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') })).toBe(join(folder, 'dist/electron'))
  })
})

describe.skipIf(process.platform === 'win32')('the run of the window program', () => {
  const program = (script: string): string => {
    const path = join(folder, 'program.sh')
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return path
  }

  it('hands its exit code over', async () => {
    const path = program('[ "$1 $2" = ". --profile" ] && [ "$WHO" = me ] && exit 7; exit 1')
    expect(await runElectron(path, folder, ['--profile'], { WHO: 'me' })).toEqual({ kind: 'ended', exitCode: 7 })
  })

  it('knows the death of a Chromium that cannot live here', async () => {
    expect(await runElectron(program('kill -TRAP $$'), folder, [], {})).toEqual({ kind: 'never-ran', reason: 'Electron does not start (SIGTRAP)' })
    expect(await runElectron(program('exit 127'), folder, [], {})).toEqual({ kind: 'never-ran', reason: 'Electron does not start (exit code 127)' })
    expect(await runElectron(join(folder, 'missing'), folder, [], {})).toMatchObject({ kind: 'never-ran', reason: expect.stringContaining('ENOENT') })
  })

  it('takes an end that somebody asked for as one', async () => {
    expect(await runElectron(program('kill -TERM $$'), folder, [], {})).toEqual({ kind: 'ended', exitCode: 143 })
  })
})
