import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KeychainHome } from '../../fixtures/with-keychain.ts'
import type { KeychainSession } from '../../fixtures/with-keychain.ts'

const program = join(import.meta.dirname, '../../fixtures/vault-in-keychain.ts')
let home: KeychainHome
let folder: string

beforeEach(() => {
  home = new KeychainHome()
  folder = mkdtempSync(join(tmpdir(), 'ballast-vault-'))
})

afterEach(() => {
  home.remove()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(session: KeychainSession, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await home.run(session, program, ...args)
  const line = stdout.split('\n').find((text) => text.startsWith('{'))
  if (line === undefined) throw new Error(`expected an answer, but: ${stderr}`)
  return JSON.parse(line) as Record<string, unknown>
}

describe('with a real secret service', () => {
  test('keeps a vault, its anchor and a token over sessions, and names itself', async () => {
    const made = await ask('unlocked', 'create', folder)
    expect(made).toMatchObject({ slots: ['keychain'], epochs: 1 })
    expect(await ask('unlocked', 'open', folder)).toEqual(made)
    expect(await ask('unlocked', 'side', folder)).toEqual({
      before: [{ ok: true, from: 'keychain' }, { ok: true }],
      anchor: { ok: true, head: { sequence: 9, mac: 'ef'.repeat(32) }, from: 'keychain' }, token: 'a token', dropped: { ok: true },
    })
    expect(await ask('unlocked', 'side', folder)).toMatchObject({ before: [{ ok: true, head: { sequence: 9 } }, { ok: true }] })
    expect(await ask('unlocked', 'describe')).toEqual({ backEnd: 'secret-service', program: 'gnome-keyring-d' })
  })

  test('says that a locked one is locked, and opens by the recovery code all the same', async () => {
    const made = await ask('unlocked', 'create', folder)
    const { code } = await ask('unlocked', 'code', folder)
    expect(await ask('locked', 'open', folder)).toMatchObject({ trouble: { kind: 'keychain-locked' } })
    expect(await ask('locked', 'open', folder, String(code))).toMatchObject({ keys: made['keys'], notes: [{ kind: 'keychain-not-mended' }] })
  })

  test('says that there is none where there is no bus, and never takes the kernel’s store for one', async () => {
    expect(await ask('no-bus', 'create', folder)).toMatchObject({ trouble: { kind: 'keychain-absent' } })
    expect(await ask('no-bus', 'describe')).toEqual({ backEnd: 'none' })
    await ask('unlocked', 'create', folder)
    expect(await ask('no-bus', 'open', folder)).toMatchObject({ trouble: { kind: 'keychain-absent' } })
  })

  test('does not wait for longer than its deadline for one that waits for a person', async () => {
    await ask('unlocked', 'create', folder)
    const begun = performance.now()
    expect(await ask('asking', 'open', folder)).toEqual({ trouble: { kind: 'keychain-silent', waitedMs: 3_000 }, isStuck: false })
    expect(performance.now() - begun).toBeLessThan(15_000)
  })

  test('calls one that does nothing silent', async () => {
    await ask('unlocked', 'create', folder)
    expect(await ask('frozen', 'open', folder)).toMatchObject({ trouble: { kind: 'keychain-silent' } })
  })

  test('says that the key is missing from one that was emptied, and gets it back by the recovery code', async () => {
    const made = await ask('unlocked', 'create', folder)
    const { code } = await ask('unlocked', 'code', folder)
    home.remove()
    home = new KeychainHome()
    expect(await ask('unlocked', 'open', folder)).toMatchObject({
      trouble: { kind: 'key-missing', keychainWas: 'secret-service', keychainIs: 'secret-service', accepts: ['recovery'] },
    })
    expect(await ask('unlocked', 'open', folder, String(code))).toMatchObject({ keys: made['keys'], notes: [{ kind: 'keychain-mended' }] })
    expect(await ask('unlocked', 'open', folder)).toMatchObject({ keys: made['keys'], notes: [] })
  })

  const steps = ['announce-key', 'write-key', 'read-key-back', 'replace-vault', 'check-vault', 'remove-old-key', 'forget-old-slot']

  test.each(steps)('opens after a process that was killed in a rotation before %s, and cleans up after it', async (step) => {
    const made = await ask('unlocked', 'create', folder)
    const { code } = await ask('unlocked', 'code', folder)
    const killed = await home.run('unlocked', program, 'rotate', folder, step)
    expect(killed.stdout).not.toContain('rotated')
    expect(killed.exitCode).toBe(137)
    const opened = await ask('unlocked', 'open', folder)
    expect(opened).toMatchObject({ first: made['first'] })
    expect(await ask('unlocked', 'open', folder, String(code))).toMatchObject({ keys: opened['keys'], notes: [] })
    expect(await ask('unlocked', 'count')).toEqual({ entries: 1 })
    expect(await ask('unlocked', 'rotate', folder)).toMatchObject({ rotated: { ok: true, isOldKeyRemoved: true } })
    expect(await ask('unlocked', 'count')).toEqual({ entries: 1 })
  }, 60_000)
})
