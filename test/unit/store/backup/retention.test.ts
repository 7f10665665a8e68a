import { describe, expect, test } from 'vitest'
import { backupName, backupsOf, backupsToDrop, defaultRetention } from '../../../../src-main/store/backup/index.ts'
import type { NamedBackup } from '../../../../src-main/store/backup/index.ts'

const day = 86_400_000
const vault = 'ab'.repeat(16)
const owner = { vaultId: vault, instanceId: '12'.repeat(16) }
const backupAt = (at: number): NamedBackup => ({ name: backupName(owner, at), at, vault: vault.slice(0, 8) })
/** Saturday. */
const end = Date.UTC(2026, 10, 21, 3)

describe('the name of a backup', () => {
  test('says when and whose, and is read back', () => {
    const at = Date.UTC(2026, 1, 3, 4, 5, 6)
    expect(backupName(owner, at + 789)).toBe('ballast-2026-02-03T04-05-06Z-abababab-12121212.backup')
    expect(backupsOf(owner, [backupName(owner, at)])).toEqual([{ name: backupName(owner, at), at, vault: 'abababab' }])
  })

  test('is not seen in other files, in another vault’s, in another copy’s, or in a time that is none', () => {
    const names = ['notes.txt', backupName({ ...owner, vaultId: 'cd'.repeat(16) }, end), backupName({ ...owner, instanceId: '34'.repeat(16) }, end), 'ballast-2026-13-40T99-05-06Z-abababab-12121212.backup', `x${backupName(owner, end)}`, `${backupName(owner, end)}.part`]
    expect(backupsOf(owner, names)).toEqual([])
  })
})

describe('which backups may go', () => {
  test('keeps the newest of 7 days, 4 weeks and 12 months of a daily habit', () => {
    const backups = Array.from({ length: 500 }, (_each, index) => backupAt(end - index * day))
    const dropped = new Set(backupsToDrop(backups, defaultRetention, { now: end }))
    const kept = backups.filter(({ name }) => !dropped.has(name)).map(({ at }) => new Date(at).toISOString().slice(0, 10))
    expect(kept).toEqual([
      '2026-11-21', '2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17', '2026-11-16', '2026-11-15',
      '2026-11-08', '2026-11-01', '2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30',
      '2026-03-31', '2026-02-28', '2026-01-31', '2025-12-31',
    ])
  })

  test('keeps one of several of a day, the newest', () => {
    const backups = [0, 1, 2, 3].map((hours) => backupAt(end - hours * 3_600_000))
    expect(backupsToDrop(backups, defaultRetention, { now: end })).toEqual(backups.slice(1).map(({ name }) => name))
  })

  test('drops nothing because of a long absence, and never the last one', () => {
    const old = [backupAt(end - 900 * day), backupAt(end - 901 * day)]
    expect(backupsToDrop(old, { daily: 2, weekly: 0, monthly: 0 }, { now: end })).toEqual([])
    expect(backupsToDrop([backupAt(end)], { daily: 0, weekly: 0, monthly: 0 }, { now: end })).toEqual([])
    expect(backupsToDrop([], defaultRetention, { now: end })).toEqual([])
  })

  test('gives no place to one that bears a time to come, and does not drop it either', () => {
    const [ahead, today, yesterday] = [backupAt(end + 2 * day), backupAt(end), backupAt(end - day)]
    expect(backupsToDrop([yesterday, today, ahead], { daily: 1, weekly: 0, monthly: 0 }, { now: end })).toEqual([yesterday.name])
    expect(backupsToDrop([today, ahead], { daily: 1, weekly: 0, monthly: 0 }, { now: end })).toEqual([])
    // A minute ahead is a clock that was just set.
    expect(backupsToDrop([yesterday, today], { daily: 1, weekly: 0, monthly: 0 }, { now: end - 60_000 })).toEqual([yesterday.name])
  })

  test('never drops the one that was just made, whatever its time', () => {
    const [made, newer] = [backupAt(end - day), backupAt(end)]
    expect(backupsToDrop([made, newer], { daily: 1, weekly: 0, monthly: 0 }, { now: end, made: made.name })).toEqual([])
    expect(backupsToDrop([made, newer], { daily: 1, weekly: 0, monthly: 0 }, { now: end })).toEqual([made.name])
  })
})
