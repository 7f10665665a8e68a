import { describe, expect, it } from 'vitest'
import type { JournalTrouble } from '../../../src-main/ports/index.ts'
import { noBytes, RehearsalJournal } from '../../../src-main/rehearsal/rehearsal-journal.ts'
import { Schedule } from '../../../src-main/venues/paper/index.ts'

const calm = { throws: (_name: string): boolean => false, shape: () => 0.5, struck: () => undefined }

function open(dice = calm) {
  const schedule = new Schedule(1_000, () => 0)
  const told: string[] = []
  const parts = { schedule, dice, written: () => void told.push('written'), flushed: () => void told.push('flushed') }
  const journal = new RehearsalJournal(parts, noBytes)
  const until = (at: number): void => { while (schedule.step(at)); schedule.passTo(at) }
  const append = (name: string) => journal.append({ kind: `engine.${name}`, at: schedule.now, body: { name } })
  return { schedule, parts, journal, told, until, append }
}

describe('the journal of a rehearsal', () => {
  it('numbers records without a gap and calls them durable only when the disk has them', () => {
    const { journal, append, until } = open()
    const durable: number[] = []
    journal.onDurable((upTo) => durable.push(upTo))
    expect([append('a'), append('b')]).toEqual([{ ok: true, sequence: 1 }, { ok: true, sequence: 2 }])
    expect([journal.durable, journal.appended]).toEqual([0, 2])
    until(1_010)
    expect([journal.durable, durable, journal.waitingMs()]).toEqual([2, [1, 2], 0])
  })

  it('says how long the oldest record waits, and hands over each durable one once', () => {
    const slow = { ...calm, throws: (name: string) => name === 'slow-disk', shape: () => 0.5 }
    const { journal, append, until } = open(slow)
    append('a')
    until(2_200)
    expect(journal.waitingMs()).toBe(1_200)
    const read: number[] = []
    journal.takeFlushed(({ sequence }) => read.push(sequence))
    until(9_000)
    journal.takeFlushed(({ sequence }) => read.push(sequence))
    journal.takeFlushed(({ sequence }) => read.push(sequence))
    expect(read).toEqual([1])
  })

  it('is read back after a crash with all that was durable and nothing that was not', () => {
    const { parts, journal, append, until } = open()
    append('a')
    until(1_010)
    append('b')
    const left = journal.breakOff('lost', 0.5)
    expect(journal.append({ kind: 'engine.late', at: 0, body: {} })).toEqual({ ok: false, reason: 'closed' })
    const next = new RehearsalJournal(parts, left)
    expect(next.found.map(({ body }) => body['name'])).toEqual(['a'])
    expect(next.appended).toBe(1)
  })

  it('goes on behind what a snapshot holds, without reading that again', () => {
    const { parts, journal, append, until } = open()
    for (const name of ['a', 'b', 'c']) append(name)
    until(1_010)
    journal.forget(2)
    append('d')
    const next = new RehearsalJournal(parts, journal.breakOff('whole', 0))
    expect(next.found.map(({ sequence, body }) => [sequence, body['name']])).toEqual([[3, 'c'], [4, 'd']])
    expect(next.append({ kind: 'engine.e', at: 0, body: {} })).toEqual({ ok: true, sequence: 5 })
  })

  it('refuses to forget what a crash could still take away', () => {
    const { journal, append } = open()
    append('a')
    expect(() => journal.forget(1)).toThrow('expected to forget only what is durable')
  })

  it('tells that there is no room, and that there is again', () => {
    let isFull = true
    const { journal, append, until } = open({ ...calm, throws: (name: string) => name === 'disk-full' && isFull })
    const troubles: JournalTrouble['kind'][] = []
    journal.onTrouble(({ kind }) => troubles.push(kind))
    append('a')
    isFull = false
    until(60_000)
    expect(troubles).toEqual(['no-room-ahead', 'recovered'])
  })
})
