import { describe, expect, test } from 'vitest'
import { createBackupSchedule, defaultRetention, isDue, isOverdue, lastDueAt } from '../../../../src-main/store/backup/index.ts'
import type { BackupSettings, NamedBackup } from '../../../../src-main/store/backup/index.ts'

const hour = 3_600_000
const day = 24 * hour
const midnight = Date.UTC(2026, 10, 21)
const settings: BackupSettings = { isOn: true, minuteOfDay: 180, keep: defaultRetention }

describe('when a backup is due', () => {
  test('is at its minute, once, and at the first chance after it', () => {
    expect(lastDueAt(180, midnight + 3 * hour)).toBe(midnight + 3 * hour)
    expect(lastDueAt(180, midnight + 3 * hour - 1)).toBe(midnight - 21 * hour)
    expect(isDue(settings, midnight - 20 * hour, midnight + 3 * hour - 1)).toBe(false)
    expect(isDue(settings, midnight - 20 * hour, midnight + 3 * hour)).toBe(true)
    expect(isDue(settings, midnight + 3 * hour, midnight + 3 * hour)).toBe(false)
    expect(isDue(settings, midnight - 30 * day, midnight + 11 * hour)).toBe(true)
    expect(isDue(settings, undefined, midnight)).toBe(true)
    expect(isDue({ ...settings, isOn: false }, undefined, midnight)).toBe(false)
  })

  test('is not put off by a backup that bears a time to come', () => {
    expect(isDue(settings, midnight + 300 * day, midnight)).toBe(true)
  })

  test('is long past after 30 hours without one, but not for books that are younger', () => {
    expect(isOverdue(settings, midnight, 0, midnight + 30 * hour)).toBe(false)
    expect(isOverdue(settings, midnight, 0, midnight + 30 * hour + 1)).toBe(true)
    expect(isOverdue(settings, undefined, midnight, midnight + 29 * hour)).toBe(false)
    expect(isOverdue(settings, undefined, midnight, midnight + 31 * hour)).toBe(true)
    expect(isOverdue({ ...settings, isOn: false }, undefined, 0, midnight)).toBe(false)
  })
})

class Desk {
  now = midnight
  backups: NamedBackup[] = []
  outcome: 'fine' | 'fails' | 'throws' = 'fine'
  keep = defaultRetention
  readonly told: string[] = []
  readonly schedule = createBackupSchedule({
    settings: () => ({ ...settings, keep: this.keep }),
    now: () => this.now,
    list: () => Promise.resolve(this.backups.toSorted((left, right) => left.at - right.at)),
    makeBackup: async () => {
      await Promise.resolve()
      if (this.outcome === 'throws') throw new Error('a bug')
      if (this.outcome === 'fine') this.backups.push({ name: String(this.now), at: this.now, vault: 'v' })
      return this.outcome === 'fine' ? { ok: true as const, backup: { file: `/backups/${this.now}` } } : { ok: false as const }
    },
    remove: (name) => {
      this.backups = this.backups.filter((backup) => backup.name !== name)
      return Promise.resolve()
    },
    onMade: ({ ok }, removed) => this.told.push(`${ok ? 'made' : 'failed'} -${removed.length}`),
    onTrouble: (error) => this.told.push(String(error)),
    onOverdue: (is) => this.told.push(is ? 'overdue' : 'no longer overdue'),
  })

  async passMinutes(minutes: number): Promise<void> {
    for (let passed = 0; passed < minutes; passed += 1) {
      this.now += 60_000
      await this.schedule.look()
    }
  }
}

describe('the schedule', () => {
  test('makes one a day, at its minute', async () => {
    const desk = new Desk()
    desk.backups = [{ name: 'old', at: midnight - hour, vault: 'v' }]
    await desk.passMinutes(3 * 24 * 60)
    expect(desk.backups.map(({ at }) => at).slice(1)).toEqual([midnight + 3 * hour, midnight + day + 3 * hour, midnight + 2 * day + 3 * hour])
  })

  test('makes the one that was slept through when the computer wakes up, and says that it was overdue', async () => {
    const desk = new Desk()
    desk.backups = [{ name: 'old', at: midnight, vault: 'v' }]
    desk.now = midnight + 5 * day
    await desk.schedule.look()
    expect(desk.told).toEqual(['overdue', 'made -0', 'no longer overdue'])
  })

  test('tries a failed one again after a quarter of an hour, not every minute, and removes nothing meanwhile', async () => {
    const desk = new Desk()
    desk.backups = Array.from({ length: 40 }, (_each, index) => ({ name: `old ${index}`, at: midnight - day + hour - index * 1_000, vault: 'v' })).toReversed()
    desk.outcome = 'fails'
    await desk.passMinutes(31)
    expect(desk.told.filter((told) => told === 'failed -0')).toHaveLength(3)
    expect(desk.backups).toHaveLength(40)
    desk.outcome = 'fine'
    await desk.passMinutes(15)
    expect(desk.told.at(-1)).toBe('made -39')
    expect(desk.backups.map(({ name }) => name)).toEqual(['old 0', String(midnight + 46 * 60_000)])
  })

  test('survives a throw and goes on', async () => {
    const desk = new Desk()
    desk.outcome = 'throws'
    await desk.passMinutes(1)
    expect(desk.told).toEqual(['Error: a bug'])
    desk.outcome = 'fine'
    await desk.passMinutes(20)
    expect(desk.backups).toHaveLength(1)
  })

  test('makes one at a time, however often it is asked', async () => {
    const desk = new Desk()
    await Promise.all([desk.schedule.look(), desk.schedule.look(), desk.schedule.look()])
    expect(desk.backups).toHaveLength(1)
  })

  test.each([defaultRetention, { daily: 1, weekly: 0, monthly: 0 }])('is not led astray by one from a clock that was ahead, keeping %o', async (keep) => {
    const desk = new Desk()
    desk.keep = keep
    desk.backups = [{ name: 'yesterday', at: midnight - day, vault: 'v' }, { name: 'ahead', at: midnight + 2 * day, vault: 'v' }]
    desk.now = midnight + 12 * hour
    await desk.passMinutes(60)
    expect(desk.told.filter((told) => told.startsWith('made'))).toHaveLength(1)
    const made = String(midnight + 12 * hour + 60_000)
    expect(desk.backups.map(({ name }) => name)).toEqual(expect.arrayContaining(['ahead', made]))
  })
})
