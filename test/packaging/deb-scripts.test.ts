import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const scripts = join(import.meta.dirname, '../../resources/linux')

let system: string
let tools: string

const at = (place: string): string => join(system, place)
const calls = (): string => (existsSync(at('calls')) ? readFileSync(at('calls'), 'utf8') : '')

function place(path: string, content: string): void {
  mkdirSync(dirname(at(path)), { recursive: true })
  writeFileSync(at(path), content)
}

/** A command that notes how it was called, and succeeds or not. */
function tool(name: string, succeeds: boolean): void {
  writeFileSync(join(tools, name), `#!/bin/sh\necho "${name} $*" >> '${at('calls')}'\nexit ${succeeds ? 0 : 1}\n`)
  chmodSync(join(tools, name), 0o755)
}

/** Runs a maintainer script as dpkg would, with every place of the system moved below a folder of this test. */
function run(name: string, ...given: readonly string[]): void {
  const script = readFileSync(join(scripts, name), 'utf8')
    .replaceAll('${executable}', 'ballast')
    .replaceAll('${sanitizedProductName}', 'Ballast')
    .replaceAll(/(?<![\w.])\/(opt|etc|usr|proc)\//g, `${system}/$1/`)
  const env = { PATH: `${tools}:/usr/bin:/bin` }
  const { status, stderr } = spawnSync('/bin/sh', ['-s', '--', ...given], { input: script, encoding: 'utf8', env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
}

const sandboxMode = (): number => statSync(at('opt/Ballast/chrome-sandbox')).mode & 0o7777

describe.runIf(process.platform === 'linux')('the scripts of the deb', () => {
  beforeEach(() => {
    system = mkdtempSync(join(tmpdir(), 'ballast-deb-'))
    tools = at('tools')
    mkdirSync(tools)
    for (const folder of ['etc/apparmor.d', 'usr/bin', 'usr/share/applications']) mkdirSync(at(folder), { recursive: true })
    place('opt/Ballast/ballast', '')
    place('opt/Ballast/chrome-sandbox', '')
    place('opt/Ballast/resources/apparmor-profile', 'the profile\n')
    place('proc/sys/user/max_user_namespaces', '95000\n')
    tool('apparmor_parser', true)
    tool('aa-enabled', true)
    tool('update-desktop-database', true)
  })

  afterEach(() => rmSync(system, { recursive: true }))

  it('install the profile and load it, and leave the sandbox helper without the setuid bit', () => {
    run('after-install.sh', 'configure')
    expect(readFileSync(at('etc/apparmor.d/ballast'), 'utf8')).toBe('the profile\n')
    expect(calls()).toContain(`apparmor_parser --replace --write-cache --skip-read-cache ${at('etc/apparmor.d/ballast')}\n`)
    expect(sandboxMode()).toBe(0o755)
    expect(readlinkSync(at('usr/bin/ballast'))).toBe(at('opt/Ballast/ballast'))
  })

  it('install no profile where AppArmor is too old to read it', () => {
    tool('apparmor_parser', false)
    run('after-install.sh', 'configure')
    expect(existsSync(at('etc/apparmor.d/ballast'))).toBe(false)
  })

  it('leave the profile to be loaded at the next start where AppArmor is not running', () => {
    tool('aa-enabled', false)
    run('after-install.sh', 'configure')
    expect(existsSync(at('etc/apparmor.d/ballast'))).toBe(true)
    expect(calls()).not.toContain('--replace')
  })

  const refusals = ['kernel/unprivileged_userns_clone', 'user/max_user_namespaces']
  it.each(refusals)('set the sandbox helper setuid where %s is 0', (setting) => {
    place(`proc/sys/${setting}`, '0\n')
    run('after-install.sh', 'configure')
    expect(sandboxMode()).toBe(0o4755)
  })

  it('may run twice', () => {
    run('after-install.sh', 'configure')
    run('after-install.sh', 'configure', '0.1.0')
    expect(readlinkSync(at('usr/bin/ballast'))).toBe(at('opt/Ballast/ballast'))
  })

  it('unload and remove the profile and the link when the package goes', () => {
    run('after-install.sh', 'configure')
    run('after-remove.sh', 'remove')
    expect(calls()).toContain(`apparmor_parser --remove ${at('etc/apparmor.d/ballast')}\n`)
    expect(existsSync(at('etc/apparmor.d/ballast'))).toBe(false)
    expect(lstatSync(at('usr/bin/ballast'), { throwIfNoEntry: false })).toBeUndefined()
  })

  it('touch nothing when the package is only being upgraded', () => {
    run('after-install.sh', 'configure')
    run('after-remove.sh', 'upgrade', '0.2.0')
    expect(existsSync(at('etc/apparmor.d/ballast'))).toBe(true)
    expect(calls()).not.toContain('--remove')
  })

  it("leave a program of the same name that is not the package's link", () => {
    place('usr/bin/ballast', 'of somebody else')
    run('after-remove.sh', 'remove')
    expect(readFileSync(at('usr/bin/ballast'), 'utf8')).toBe('of somebody else')
  })

  it('remove a link that points nowhere, as it does once the files are gone', () => {
    symlinkSync(at('opt/gone'), at('usr/bin/ballast'))
    run('after-remove.sh', 'remove')
    expect(lstatSync(at('usr/bin/ballast'), { throwIfNoEntry: false })).toBeUndefined()
  })
})
