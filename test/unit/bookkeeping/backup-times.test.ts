import { expect, it } from 'vitest'
import { nextAt, scheduleOf } from '../../../src-main/bookkeeping/backup-times.ts'
import { standardSettings } from '../../../src-main/store/index.ts'
import { backupsToDrop } from '../../../src-main/store/backup/retention.ts'

const dayMs = 86_400_000
const now = 400 * dayMs

it('settings that are not known have no backup made and none dropped', () => {
  const { isOn, keep } = scheduleOf(undefined)
  const backups = Array.from({ length: 50 }, (_each, day) => ({ name: `of-day-${day}`, at: now - day * dayMs, vault: 'v' }))
  expect([isOn, backupsToDrop(backups, keep, { now, made: 'of-day-0' }), nextAt(undefined, now)]).toEqual([false, [], null])
})

it('a backup is due at its time of day, today or tomorrow', () => {
  const settings = { ...standardSettings, backup: { ...standardSettings.backup, enabled: true, atUtc: '03:00' } }
  expect(scheduleOf(settings)).toMatchObject({ isOn: true, minuteOfDay: 180 })
  expect([nextAt(settings, now), nextAt(settings, now + 3 * 3_600_000)]).toEqual([now + 3 * 3_600_000, now + dayMs + 3 * 3_600_000])
})
