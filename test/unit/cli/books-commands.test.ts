import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { commands, runCli, type Program } from '../../../src-main/cli/index.ts'
import { startHeadless, type Headless } from '../../../src-main/headless.ts'
import { createVault, noKeychain, openJournalTool, Secret } from '../../../src-main/store/index.ts'
import { findProfile } from '../../../src-main/supervisor/index.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

const noEngine: Program['startEngine'] = () => Promise.reject(new Error('nothing here may start an engine'))
const home = mkdtempSync(join(tmpdir(), 'ballast-cli-books-'))
const secretFile = join(home, 'secret.txt')
let code = ''

beforeAll(async () => {
  const folder = join(home, 'profiles/paper')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = await createVault({ folder, keychain: noKeychain, protection: { kind: 'passphrase', passphrase: Secret.fromText('nine lives of a ledger') } })
  if (!made.ok) throw new Error(made.trouble.kind)
  const added = await made.vault.addRecoveryCode()
  if (!added.ok) throw new Error('expected a code')
  code = added.code.withBytes((bytes) => bytes.toString('utf8'))
  const opened = await openJournalTool({
    folder: join(folder, 'journal'), keys: made.vault.journalKeys(), journalId: made.vault.vaultId, limits: { segmentBytes: 128 * 1024 },
  })
  if (!opened.ok) throw new Error(opened.trouble.kind)
  opened.tool.append(Array.from({ length: 30 }, (_each, index) => ({ kind: 'command.taken', at: 1_700_000_000_000 + index, body: { nth: index } })))
  opened.tool.close()
  made.vault.dispose()
  writeFileSync(secretFile, `${code}\n`, { mode: 0o600 })
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

interface Answer { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** With the secret’s file unless another environment is given; nobody can be asked. */
async function run(argv: readonly string[], env: NodeJS.ProcessEnv = { BALLAST_PASSPHRASE_FILE: secretFile }): Promise<Answer> {
  const surroundings = fakeSurroundings(argv, { BALLAST_HOME: home, ...env })
  const exitCode = await runCli(surroundings, fakeProgram(noEngine))
  return { exitCode, ...surroundings.written }
}

const paper = (...argv: readonly string[]): readonly string[] => [...argv, '--profile', 'paper']

/** Exactly one document, of the command’s own schema. */
function documentOf(name: string, { stdout }: Answer): Record<string, unknown> {
  expect(stdout.endsWith('\n')).toBe(true)
  expect(stdout.trim().split('\n')).toHaveLength(1)
  const command = commands.find((known) => known.name === name)
  return command?.output.parse(JSON.parse(stdout)) as Record<string, unknown>
}

describe('commands of two words', () => {
  it('of a family alone are listed, and so by help and --help', async () => {
    const alone = await run(['audit'])
    expect(alone.exitCode).toBe(0)
    for (const name of ['audit verify', 'audit export', 'audit tail']) expect(alone.stdout).toContain(`  ${name} `)
    expect(alone.stdout).not.toContain('  keys rotate ')
    expect(await run(['help', 'audit'])).toEqual(alone)
    expect(await run(['audit', '--help'])).toEqual(alone)
  })

  it('that nobody knows are answered with the one that was meant', async () => {
    expect(await run(['audit', 'verfy'])).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no command "audit verfy"; did you mean "audit verify"?\n' })
    expect((await run(['keys', 'rotte'])).stderr).toContain('did you mean "keys rotate"?')
    expect((await run(['help', 'audit', 'verfy'])).stderr).toContain('did you mean "audit verify"?')
    expect((await run(['audit', 'something', 'else'])).exitCode).toBe(2)
  })

  it('are explained one by one', async () => {
    const help = await run(['help', 'audit', 'verify'])
    expect(help.stdout).toContain('--file COPY')
    expect(help.stdout).toContain('--passphrase-fd N')
    expect(await run(['audit', 'verify', '--help'])).toEqual(help)
  })
})

describe('bad input', () => {
  it.each([
    [['audit', 'export'], 'audit export needs --out.'],
    [['restore'], 'restore needs --from.'],
    [['restore', '--from', 'x'], 'restore needs --into.'],
    [['alert', 'acknowledge'], 'alert acknowledge wants ID.'],
    [['alert', 'snooze'], 'alert snooze wants ID.'],
    [['setting', 'set'], 'setting set wants PATH.'],
    [['setting', 'set', 'log.level'], 'setting set needs --value.'],
    [['secret', 'set'], 'There is no secret called'],
    [['secret', 'set', 'bank-pin'], 'There is no secret called bank-pin; expected telegram-token or webhook-key.'],
    [['audit', 'tail', '--lines', '0'], 'The flag --lines takes a whole number from 1 to 500, not "0".'],
    [['audit', 'tail', '--lines', '501'], 'The flag --lines takes a whole number from 1 to 500, not "501".'],
    [['alert', 'snooze', 'alert-1', '--for', 'long'], 'not "long"'],
    [['audit', 'verify', '--passphrase-fd', 'three'], 'The flag --passphrase-fd takes the number of an open file descriptor, not "three".'],
    [['audit', 'verify', '--passphrase', 'plain'], 'There is no flag --passphrase here'],
    [['keys', 'rotate', 'now'], '"now" is one word too many for keys rotate.'],
    [['audit', 'verify', '--file', '/nowhere/journal.copy'], 'There is no file /nowhere/journal.copy.'],
    [['restore', '--from', '/nowhere/b', '--into', 'x'], 'There is no file /nowhere/b.'],
  ] as const)('%j is 2, with one sentence, and one document for --json', async (argv, sentence) => {
    const plain = await run(paper(...argv))
    expect(plain).toMatchObject({ exitCode: 2, stdout: '' })
    expect(plain.stderr).toContain(sentence)
    expect(plain.stderr.trim().split('\n')).toHaveLength(1)
    const asJson = await run([...paper(...argv), '--json'])
    expect(asJson.exitCode).toBe(2)
    expect(asJson.stdout.trim().split('\n')).toHaveLength(1)
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { kind: 'malformed', message: plain.stderr.trim() } })
  })

  it('never quotes a secret that was given where it does not belong', async () => {
    const { stderr } = await run(paper('audit', 'verify', `--passphrase-fd=${code}`))
    // The word itself stays on this terminal, where it was typed; no more than a line of it.
    expect(stderr.length).toBeLessThan(200)
  })
})

describe('books without an engine', () => {
  it('are verified, and the document says where they end', async () => {
    const answer = await run([...paper('audit', 'verify'), '--json'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    expect(documentOf('audit verify', answer)).toMatchObject({ ok: true, records: 30, head: { seq: 30 } })
    expect((await run(paper('audit', 'verify'))).stdout).toMatch(/^Whole: 30 records, none changed, none missing\. Head 30, [0-9a-f]{64}\.\n$/)
  })

  it('are read from their end', async () => {
    const answer = await run([...paper('audit', 'tail', '--lines', '3'), '--json'])
    const { records } = documentOf('audit tail', answer) as { records: { seq: number }[] }
    expect(records.map(({ seq }) => seq)).toEqual([28, 29, 30])
    expect((await run(paper('audit', 'tail'))).stdout.trim().split('\n')).toHaveLength(20)
  })

  it('are exported once and never over something, and the copy is verified', async () => {
    const out = join(home, 'journal.copy')
    const answer = await run([...paper('audit', 'export', '--out', out), '--json'])
    expect(documentOf('audit export', answer)).toMatchObject({ file: out, records: 30 })
    const again = await run(paper('audit', 'export', '--out', out))
    expect(again).toMatchObject({ exitCode: 2, stderr: `${out} is there already, and nothing is written over. Name another file.\n` })
    const copy = await run([...paper('audit', 'verify', '--file', out), '--json'])
    expect(copy.exitCode).toBe(0)
    writeFileSync(join(home, 'broken.copy'), 'not a copy of anything')
    const broken = await run([...paper('audit', 'verify', '--file', join(home, 'broken.copy')), '--json'])
    expect(broken.exitCode).toBe(1)
    expect(documentOf('audit verify', broken)).toMatchObject({ ok: false, reason: expect.any(String) })
  })

  it('say what protects them', async () => {
    const answer = await run([...paper('keys', 'status'), '--json'])
    expect(documentOf('keys status', answer)).toEqual({ protection: 'passphrase', ways: ['passphrase', 'recovery'], epochs: 1, keyCreatedAt: null })
  })

  it('want a secret, and say how to give it', async () => {
    const { exitCode, stdout, stderr } = await run(paper('audit', 'tail'), {})
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toMatch(/passphrase or recovery code/)
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('are not there, or not kept: 3, and why', async () => {
    expect((await run(['audit', 'verify'])).stderr).toBe('The books of the profile demo are not kept: they can be looked at only while its engine runs.\n')
    const elsewhere = mkdtempSync(join(tmpdir(), 'ballast-empty-'))
    const none = await run([...paper('audit', 'verify'), '--home', elsewhere])
    expect(none).toEqual({ exitCode: 3, stdout: '', stderr: 'The profile paper has no books yet; they are made when its engine first starts.\n' })
    rmSync(elsewhere, { recursive: true })
  })

  it.each([['alert', 'list'], ['alert', 'test'], ['setting', 'list'], ['lock'], ['unlock'], ['secret', 'set', 'webhook-key', '--forget']].map((argv) => [argv]))(
    '%j wants a running engine', async (argv) => {
      expect(await run(paper(...argv))).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('No engine of profile paper is running') })
    },
  )
})

describe('books with an engine', () => {
  let headless: Headless
  beforeAll(async () => {
    const profile = findProfile(home, 'demo')
    if (profile === undefined) throw new Error('no demo profile')
    const engineEntry = join(import.meta.dirname, '../../../src-main/engine-child.ts')
    const started = await startHeadless({ profile, port: 0, engineEntry, mayServeClosed: false, assets: { read: async () => undefined } })
    if (!started.ok) throw new Error(started.reason)
    ;({ headless } = started)
  })
  afterAll(() => headless.stop())

  const readable: readonly (readonly [name: string, argv: readonly string[]])[] = [
    ['audit verify', []], ['audit tail', []], ['keys status', []], ['alert list', []], ['alert test', []], ['setting list', []],
    ['setting set', ['lock.afterMinutes', '--value', '7']],
  ]
  it.each(readable)('%s prints exactly one document of its schema, and lines for people', async (name, argv) => {
    const answer = await run([...name.split(' '), ...argv, '--json'])
    expect(answer).toMatchObject({ exitCode: 0, stderr: '' })
    documentOf(name, answer)
    const lines = await run([...name.split(' '), ...argv])
    expect(lines).toMatchObject({ exitCode: 0, stderr: '' })
    expect(lines.stdout).not.toMatch(/^\{|\bcli\.|undefined|\[object/m)
  })

  it('acknowledge and snooze the alerts that there are, and no others', async () => {
    const { id } = documentOf('alert test', await run(['alert', 'test', '--json'])) as { readonly id: string }
    expect(documentOf('alert snooze', await run(['alert', 'snooze', id, '--for', '5', '--json']))).toMatchObject({ id, state: 'snoozed' })
    expect(documentOf('alert acknowledge', await run(['alert', 'acknowledge', id, '--json']))).toMatchObject({ id, state: 'cleared' })
    for (const argv of [['alert', 'acknowledge', 'alert-999'], ['alert', 'snooze', 'alert-999']]) {
      const unknown = await run([...argv, '--json'])
      expect(unknown.exitCode).toBe(2)
      expect(JSON.parse(unknown.stdout)).toMatchObject({ error: { code: 'alert.unknown' } })
    }
  })

  it('refuse a setting that there is not, or a value that it does not take, and change nothing', async () => {
    const before = await run(['setting', 'list', '--json'])
    expect(await run(['setting', 'set', 'lock.colour', '--value', 'red'])).toEqual({
      exitCode: 2, stdout: '', stderr: 'There is no setting lock.colour; `ballast setting list` shows all.\n',
    })
    const refused = await run(['setting', 'set', 'lock.afterMinutes', '--value', 'soon', '--json'])
    expect(refused.exitCode).toBe(2)
    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'setting.refused', message: expect.stringContaining('lock.afterMinutes') } })
    expect(await run(['setting', 'list', '--json'])).toEqual(before)
  })

  it('take an address that may hold a key from a descriptor, and not from where everybody sees it', async () => {
    const before = await run(['setting', 'list', '--json'])
    for (const address of ['https://hook.example/services/T0/very-secret', 'https://hook.example/?key=very-secret', 'https://name:very-secret@hook.example/']) {
      const refused = await run(['setting', 'set', 'alerts.webhook.url', '--value', address])
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
      expect(refused.stderr).toContain('--value-fd 0')
      expect(refused.stderr).not.toContain('very-secret')
    }
    expect(await run(['setting', 'list', '--json'])).toEqual(before)
    const file = join(home, 'address.txt')
    writeFileSync(file, 'https://hook.example/services/T0/very-secret\n', { mode: 0o600 })
    const descriptor = openSync(file, 'r')
    const taken = await run(['setting', 'set', 'alerts.webhook.url', '--value-fd', String(descriptor)])
    closeSync(descriptor)
    expect(taken).toMatchObject({ exitCode: 0, stderr: '' })
    expect(readFileSync(join(home, 'profiles/demo/settings.yaml'), 'utf8')).toContain('https://hook.example/services/T0/very-secret')
    // Taken back, and what is no secret may stand where it always stood.
    expect(await run(['setting', 'set', 'alerts.webhook.url', '--value', ''])).toMatchObject({ exitCode: 0 })
    expect(await run(['setting', 'set', 'traces.endpoint', '--value', 'http://localhost:4318/v1/traces'])).toMatchObject({ exitCode: 0 })
  })

  it('that are not kept cannot be backed up or locked: 3, and why', async () => {
    for (const [argv, words] of [[['backup'], /recovery code/], [['lock'], /passphrase/], [['drill', 'restore'], /backup/]] as const) {
      const { exitCode, stdout, stderr } = await run(argv)
      expect({ exitCode, stdout }, argv.join(' ')).toEqual({ exitCode: 3, stdout: '' })
      expect(stderr).toMatch(words)
    }
  })
})

it('every command of the books promises the exit codes that it uses, and a document that is a schema', () => {
  const ours = commands.filter(({ name }) => /^(audit|keys|alert|setting|secret|backup|restore|drill|lock|unlock)\b/.test(name))
  expect(ours.map(({ name }) => name)).toHaveLength(19)
  for (const { name, exitCodes, output } of ours) {
    expect(exitCodes, name).toEqual(expect.arrayContaining([0, 2, 3]))
    expect(exitCodes.includes(1), name).toBe(['audit verify', 'drill restore'].includes(name))
    expect(() => z.toJSONSchema(output)).not.toThrow()
  }
})
