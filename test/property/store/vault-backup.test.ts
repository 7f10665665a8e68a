import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { makeBackup, restoreBackup } from '../../../src-main/store/backup/index.ts'
import { openJournalTool, readJournal } from '../../../src-main/store/journal/index.ts'
import type { JournalKeys } from '../../../src-main/store/journal/index.ts'
import { createVault, noKeychain, openVault } from '../../../src-main/store/vault/index.ts'
import { MemoryKeychain } from '../../unit/store/vault/memory-keychain.ts'

const draft = fc.record({
  kind: fc.constantFrom('command.taken', 'setting.changed', 'alert.raised'),
  at: fc.nat(),
  body: fc.record({ text: fc.string({ maxLength: 2_000 }), number: fc.integer(), list: fc.array(fc.boolean(), { maxLength: 5 }) }),
})

async function recordsOf(folder: string, keys: JournalKeys, journalId: string): Promise<readonly unknown[]> {
  const records: unknown[] = []
  for await (const record of readJournal({ folder: join(folder, 'journal'), keys, journalId })) records.push(record)
  return records
}

/** Journal and settings of any content, rotated anywhere in between: made into a backup and out of it again. */
test('a backup brings back what was in the books, whatever it was', async () => {
  await fc.assert(fc.asyncProperty(
    fc.array(fc.array(draft, { minLength: 1, maxLength: 8 }), { maxLength: 4 }), fc.option(fc.uint8Array({ maxLength: 3_000 })), fc.nat(2),
    async (groups, settings, rotations) => {
      const home = mkdtempSync(join(tmpdir(), 'ballast-any-'))
      try {
        await roundTrip(home, groups, settings === null ? undefined : Buffer.from(settings), rotations)
      } finally {
        rmSync(home, { recursive: true, force: true })
      }
    },
  ), { numRuns: 25 })
}, 120_000)

async function roundTrip(
  home: string, groups: readonly (readonly { kind: string; at: number; body: { text: string; number: number; list: boolean[] } }[])[],
  settings: Buffer | undefined, rotations: number,
): Promise<void> {
  const folder = join(home, 'first')
  const made = await createVault({ folder, keychain: new MemoryKeychain(), protection: { kind: 'keychain' } })
  if (!made.ok) throw new Error(made.trouble.kind)
  const { vault } = made
  const code = await vault.addRecoveryCode()
  if (!code.ok) throw new Error(code.trouble.kind)
  for (const [index, drafts] of [[], ...groups].entries()) {
    if (index > 0 && index <= rotations) await vault.rotate()
    const opened = await openJournalTool({ folder: join(folder, 'journal'), keys: vault.journalKeys(), journalId: vault.vaultId, limits: { segmentBytes: 128 * 1024 } })
    if (!opened.ok) throw new Error(opened.trouble.kind)
    if (drafts.length > 0) expect(opened.tool.append(drafts).ok).toBe(true)
    opened.tool.close()
  }
  if (settings !== undefined) writeFileSync(join(folder, 'settings.yaml'), settings)
  const before = await recordsOf(folder, vault.journalKeys(), vault.vaultId)
  const backup = await makeBackup({ vault, folder, into: join(home, 'backups'), now: 1_000 })
  if (!backup.ok) throw new Error(JSON.stringify(backup.trouble))
  vault.dispose()

  const into = join(home, 'second')
  const restoring = await restoreBackup({ from: backup.backup.file, into, secret: code.code, now: 2_000 })
  if (!restoring.ok) throw new Error(JSON.stringify(restoring.trouble))
  if (settings !== undefined) expect(readFileSync(join(into, 'settings.yaml'))).toEqual(settings)
  const again = await openVault({ folder: into, keychain: noKeychain, secret: code.code })
  if (!again.ok) throw new Error(again.trouble.kind)
  const after = await recordsOf(into, again.vault.journalKeys(), again.vault.vaultId)
  again.vault.dispose()
  expect(after.slice(0, -1)).toEqual(before)
  expect(after.at(-1)).toMatchObject({ kind: 'books.restored', sequence: before.length + 1 })
}
