import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { KeychainSessions } from '../../fixtures/keychain-session.ts'
import { bytesBelow, InstalledBallast, isSameBytes, quietSettings } from './installed-ballast.ts'

const sessions = new KeychainSessions()
const scratch = mkdtempSync(join(tmpdir(), 'ballast-kc-'))
const home = join(scratch, 'home')
const backup = join(scratch, 'books.backup')
const installed: InstalledBallast[] = []
let code = ''

afterAll(async () => {
  for (const each of installed) await each.dispose()
  await sessions.dispose()
  rmSync(scratch, { recursive: true, force: true })
})

async function inSession(how: 'unlocked' | 'locked', secret?: string): Promise<InstalledBallast> {
  const ballast = new InstalledBallast({ home, secret, env: await sessions.begin(how) })
  installed.push(ballast)
  return ballast
}

const wordsOf = (ballast: InstalledBallast): string => ballast.words.map(({ stdout, stderr }) => stdout + stderr).join('\n')

/** Each step goes on with the books of the one before, as life does. */
describe('books that a keychain protects', () => {
  beforeAll(() => {
    mkdirSync(join(home, 'profiles/paper'), { recursive: true, mode: 0o700 })
    writeFileSync(join(home, 'profiles/paper/settings.yaml'), quietSettings)
  })

  it('are made by the first start, get a recovery code and a backup, and change their keys', async () => {
    const ballast = await inSession('unlocked')
    const running = await ballast.start()
    expect(await ballast.json('keys', 'status')).toMatchObject({ protection: 'keychain', ways: ['keychain'] })
    const screen = await ballast.connect()
    // Nobody could open it elsewhere.
    expect(await screen.call('backup.make', { out: backup })).toMatchObject({ ok: false, error: { code: 'backup.no-recovery' } })
    const made = await ballast.json('keys', 'recovery-code')
    code = String(made['code'])
    expect(code).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/)
    await ballast.ask(screen, 'trading.halt', { reason: 'before the backup', actor: 'hand' })
    expect(await ballast.json('backup', '--out', backup)).toMatchObject({ file: backup, verified: true })
    expect(await ballast.ask(screen, 'keys.rotate', {})).toMatchObject({ epoch: 2 })
    screen.dispose()
    await ballast.stop(running)
    expect(existsSync(ballast.file('vault.anchor'))).toBe(false)
  }, 40_000)

  it('open again without being asked for anything, with the keys of before and after', async () => {
    const ballast = await inSession('unlocked')
    const running = await ballast.start()
    const screen = await ballast.connect()
    expect(await ballast.ask(screen, 'engine.status', {})).toMatchObject({ mode: 'halted', reason: 'before the backup' })
    screen.dispose()
    await ballast.stop(running)
    expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: true })
    expect(await ballast.json('keys', 'status')).toMatchObject({ protection: 'keychain', ways: ['keychain', 'recovery'], epochs: 2 })
    expect(wordsOf(ballast)).not.toContain(code)
  }, 40_000)

  it('of a locked keychain stay closed, say that it is locked, and open by the code', async () => {
    const locked = await inSession('locked')
    const before = bytesBelow(join(locked.folder, 'journal'))
    const refused = await locked.ballast(['run', '--port', '0'])
    expect(refused).toEqual({
      exitCode: 3, stdout: '', stderr: 'The keychain is locked. Unlock it, then try again; the passphrase or recovery code opens the books as well.\n',
    })
    expect(isSameBytes(before, bytesBelow(join(locked.folder, 'journal')))).toBe(true)
    const byCode = new InstalledBallast({ home, secret: code, env: { ...locked.env, BALLAST_PASSPHRASE_FILE: locked.secretFile(code) } })
    installed.push(byCode)
    const running = await byCode.start()
    await byCode.stop(running)
  }, 40_000)

  it('whose keychain was emptied say so, open by the code, and have their key back from then on', async () => {
    await sessions.forgetAll()
    const ballast = await inSession('unlocked')
    const refused = await ballast.ballast(['run', '--port', '0'])
    expect(refused).toMatchObject({ exitCode: 3, stdout: '' })
    expect(refused.stderr).toBe(
      'This keychain does not hold the key of these books: another user, another computer, or it was deleted. The passphrase or recovery code opens them and puts the key back.\n',
    )
    const byCode = await ballast.ballast(['keys', 'status', '--json', '--passphrase-fd', '3'], { fd3: code })
    expect(byCode.exitCode).toBe(0)
    // Looking mends nothing: an engine does.
    expect((await ballast.ballast(['run', '--port', '0'])).exitCode).toBe(3)
    const mending = await ballast.start('run', ['--passphrase-fd', '3'], code)
    await ballast.stop(mending)
    const running = await ballast.start()
    await ballast.stop(running)
    expect(await ballast.json('audit', 'verify')).toMatchObject({ ok: true })
  }, 60_000)
})

describe('a backup in a container of nothing', () => {
  const nowhere = join(scratch, 'nowhere')
  const entry = join(import.meta.dirname, '../../../src-main/ballast.ts')
  let file = ''
  let secretFile = ''

  beforeAll(() => {
    mkdirSync(nowhere)
    file = join(nowhere, 'copy.backup')
    secretFile = join(nowhere, 'code.txt')
    copyFileSync(backup, file)
    writeFileSync(secretFile, code, { mode: 0o600 })
  })

  interface Said { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }

  /** Nothing of this session: no bus, no home with anything in it, no PATH. */
  function bare(argv: readonly string[], secret = secretFile, until?: (stdout: string) => boolean): Promise<Said> {
    const child = spawn('/usr/bin/env', ['-i', `HOME=${nowhere}`, `BALLAST_PASSPHRASE_FILE=${secret}`, process.execPath, entry, ...argv], { cwd: nowhere })
    const said = { stdout: '', stderr: '' }
    child.stdout.on('data', (text) => {
      said.stdout += String(text)
      if (until?.(said.stdout) === true) child.kill('SIGTERM')
    })
    child.stderr.on('data', (text) => (said.stderr += String(text)))
    return new Promise((resolve) => child.once('close', (exitCode) => resolve({ exitCode, ...said })))
  }

  it('is not opened by a wrong code: one sentence, and nothing is made', async () => {
    const wrong = join(nowhere, 'wrong.txt')
    writeFileSync(wrong, '0000-0000-0000-0000-0000-0000-0000', { mode: 0o600 })
    const { exitCode, stdout, stderr } = await bare(['restore', '--from', file, '--into', join(nowhere, 'not-made')], wrong)
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' })
    expect(stderr).toBe('That passphrase or recovery code does not open these books. Nothing was changed; try again.\n')
    expect(readdirSync(nowhere, { recursive: true }).filter((name) => /vault|seg$|restoring/.test(String(name)))).toEqual([])
  })

  it('is restored by its code alone, verified, told in the journal, and starts halted', async () => {
    const into = join(nowhere, 'restored')
    const restored = await bare(['restore', '--from', file, '--into', into, '--json'])
    expect({ exitCode: restored.exitCode, stderr: restored.stderr }).toEqual({ exitCode: 0, stderr: '' })
    const document = JSON.parse(restored.stdout) as Record<string, unknown>
    expect(document).toMatchObject({ profile: 'paper', home: into, mode: 'halted' })
    const target = ['--home', into, '--profile', 'paper']
    const verified = await bare(['audit', 'verify', '--json', ...target])
    expect(JSON.parse(verified.stdout)).toMatchObject({ ok: true, records: Number(document['records']) + 1, head: document['head'] })
    const tail = JSON.parse((await bare(['audit', 'tail', '--json', ...target])).stdout) as { records: { kind: string; body: Record<string, unknown> }[] }
    expect(tail.records.at(-1)?.kind).toBe('books.restored')
    expect(tail.records.map(({ body }) => JSON.stringify(body)).join()).toContain('before the backup')
    // The engine itself, which finds no keychain here either.
    const ran = await bare(['run', '--port', '0', '--json', ...target], secretFile, (stdout) => stdout.includes('\n'))
    expect(ran).toMatchObject({ exitCode: 0, stderr: '' })
    const after = JSON.parse((await bare(['audit', 'tail', '--json', ...target])).stdout) as typeof tail
    const started = after.records.find(({ kind }) => kind === 'engine.started')
    expect(after.records.findLast(({ kind }) => kind === 'engine.started')?.body).toMatchObject({ mode: 'halted' })
    expect(started).toBeDefined()
    expect(restored.stdout + verified.stdout + ran.stdout).not.toContain(code)
    expect(readFileSync(file).equals(readFileSync(backup))).toBe(true)
  }, 40_000)
})
