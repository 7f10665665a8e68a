import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../../src-main/cli/index.ts'
import { policyProblemCodes } from '../../../src-main/risk-policy/index.ts'
import { messageKeys } from '../../../src-preload/contract/text/index.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-risk-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (text: string | Uint8Array): void => writeFileSync(join(folder, 'policy.yaml'), text)

async function run(...argv: readonly string[]): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const surroundings = fakeSurroundings(['risk', ...argv], { BALLAST_HOME: folder, INIT_CWD: folder })
  const exitCode = await runCli(surroundings, fakeProgram(() => Promise.reject(new Error('nothing here may start an engine'))))
  return { exitCode, ...surroundings.written }
}

describe('ballast risk check', () => {
  it('has nothing to say against a policy that is well formed', async () => {
    write('version: 1\n')
    expect(await run('check', 'policy.yaml', '--json')).toEqual({ exitCode: 0, stdout: '{"ok":true,"errors":[]}\n', stderr: '' })
    expect((await run('check', 'policy.yaml')).stdout).toBe('The risk policy is well formed.\n')
  })

  it('says what is wrong, with its place, as one document', async () => {
    write('version: 1\norder:\n  notionalMx: 3\n  openMax: 0\n')
    const { exitCode, stdout, stderr } = await run('check', 'policy.yaml', '--json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      ok: false,
      errors: [
        { line: 3, column: 3, path: 'order.notionalMx', reason: 'There is no limit or group “notionalMx” here; “notionalMax” was probably meant.' },
        { line: 4, column: 12, path: 'order.openMax', reason: 'order.openMax: a limit has to be above zero, was 0.' },
      ],
    })
  })

  it.each([
    ['is no YAML', 'a: b: c', 'This is not YAML.'],
    ['is indented with a tab', 'version: 1\norder:\n\topenMax: 1', 'Expected spaces at the beginning of the line, not tabs.'],
    ['says a name twice', 'version: 1\nversion: 1', 'This name was there before in the same group.'],
    ['says nothing', '# later', 'The file says nothing; expected the line “version: 1” at least.'],
    ['lacks its version', 'order: {openMax: 1}', 'Expected the line “version: 1”.'],
    ['is of a version of the future', 'version: 3', 'This file is of version 3; this Ballast reads version 1.'],
    ['names a group that there is not', 'version: 1\nmargin: {max: 3}', 'There is no limit or group “margin” here.'],
    ['has an amount that is no number', 'version: 1\norder: {notionalMax: much}', 'order.notionalMax: expected an amount in plain digits such as 1000, was “much”.'],
    ['forgets a percent sign', 'version: 1\nlosses: {dailyMax: 5}', 'losses.dailyMax: expected a percentage with its sign such as 5 %, was “5”.'],
    ['allows half an order', 'version: 1\norder: {openMax: 0.5}', 'order.openMax: expected a whole number such as 400, was “0.5”.'],
    ['has a negative limit', 'version: 1\nexposure: {grossMax: -5}', 'exposure.grossMax: a limit has to be above zero, was -5.'],
    ['has a limit past its bound', 'version: 1\nexposure: {leverageMax: 101}', 'exposure.leverageMax: expected 100 at most, was 101.'],
    ['counts finer than can be counted', 'version: 1\ncapital: {max: 1.0000001}', 'capital.max: “1.0000001” has more decimals than can be counted exactly.'],
    ['leaves a value out', 'version: 1\ncapital:\n  max:', 'capital.max: nothing stands behind the colon; leave the line out for the standard limit.'],
    ['warns after its limit', 'version: 1\nlosses: {drawdownWarn: 20 %}', 'The warning losses.drawdownWarn has to be below the limit losses.drawdownMax.'],
    ['has a window that never opens', 'version: 1\nhours: {windowsUtc: [mon 08:00-08:00]}', 'hours.windowsUtc.0: the window “mon 08:00-08:00” never opens, because it ends when it begins.'],
  ])('refuses a policy that %s', async (_name, text, reason) => {
    write(text)
    const { exitCode, stdout } = await run('check', 'policy.yaml', '--json')
    expect([exitCode, (JSON.parse(stdout) as { errors: { reason: string }[] }).errors.map((error) => error.reason)]).toEqual([1, [reason]])
  })

  it('says it in French too', async () => {
    write('version: 1\nlosses: {dailyWarn: 6 %}\n')
    const { exitCode, stdout } = await run('check', 'policy.yaml', '--lang', 'fr')
    expect(exitCode).toBe(1)
    expect(stdout.replaceAll('\u00A0', ' ')).toBe('Ligne 2, colonne 21 : L’avertissement losses.dailyWarn doit être au-dessous de la limite losses.dailyMax.\n')
  })

  it('has a sentence for each thing that can be wrong', () => {
    const said = messageKeys.filter((key) => key.startsWith('cli.risk.problem.')).map((key) => key.slice('cli.risk.problem.'.length))
    expect(said.toSorted()).toEqual([...policyProblemCodes].toSorted())
  })

  it.each([
    ['bytes that are no text', Uint8Array.of(0xff, 0xfe, 0x41), 'Expected text in UTF-8.'],
    ['more than anybody writes by hand', `# ${'x'.repeat(70_000)}`, 'Expected a file of at most 64 KB.'],
  ])('says so of %s', async (_name, text, reason) => {
    write(text)
    const { exitCode, stdout } = await run('check', 'policy.yaml', '--json')
    expect([exitCode, JSON.parse(stdout)]).toEqual([1, { ok: false, errors: [{ line: 0, column: 0, path: '', reason }] }])
  })

  it('needs a file that it can read', async () => {
    expect(await run('check')).toMatchObject({ exitCode: 2, stderr: 'Name the file of a risk policy: `ballast risk check FILE`.\n' })
    expect(await run('check', 'lost.yaml')).toMatchObject({ exitCode: 2, stderr: 'The file lost.yaml cannot be read (ENOENT).\n' })
    expect(await run('check', '.')).toMatchObject({ exitCode: 2, stderr: 'The file . cannot be read (EISDIR).\n' })
  })
})

describe('ballast risk show', () => {
  it('shows the limits of a file', async () => {
    write('version: 1\ncurrency: CHF\norder: {notionalMax: 70}\ninstruments: {BTC-USD: {priceBandMax: 0.5 %}}\nhours: {windowsUtc: [mon 07:00-09:00]}\n')
    const { exitCode, stdout } = await run('show', 'policy.yaml', '--json')
    expect(exitCode).toBe(0)
    const shown = JSON.parse(stdout) as { values: { path: string; value: string }[] }
    expect(shown).toMatchObject({ source: 'file', currency: 'CHF', windowsUtc: 'mon 07:00-09:00', waiting: [] })
    expect(shown.values).toContainEqual({ path: 'order.notionalMax', value: '70' })
    expect(shown.values).toContainEqual({ path: 'losses.dailyMax', value: '5 %' })
    expect(shown.values.at(-1)).toEqual({ path: 'instruments.BTC-USD.priceBandMax', value: '0.5 %' })
  })

  it('shows nothing of a file with a fault', async () => {
    write('version: 1\norder: {notionalMax: 0}\n')
    expect(await run('show', 'policy.yaml')).toMatchObject({
      exitCode: 2, stdout: '', stderr: 'The risk policy policy.yaml has a fault in line 2, column 22: order.notionalMax: a limit has to be above zero, was 0.\n',
    })
  })

  it('shows what a profile keeps to, and what waits for an approval', async () => {
    expect((await run('show')).stdout).toContain('This profile has no risk policy of its own yet')
    const profile = join(folder, 'profiles', 'demo')
    mkdirSync(profile, { recursive: true })
    writeFileSync(join(profile, 'risk_policy.in-force.yaml'), 'version: 1\ncurrency: USD\n')
    writeFileSync(join(profile, 'risk_policy.yaml'), 'version: 1\ncurrency: USD\norder: {notionalMax: 5000}\n')
    const { stdout } = await run('show', '--profile', 'demo')
    expect(stdout).toContain('The risk policy that this profile keeps to; all amounts are in USD.')
    expect(stdout).toMatch(/^order\.notionalMax +1000$/m)
    expect(stdout).toContain('Waits for your approval: order.notionalMax from 1000 to 5000.')
  })
})
