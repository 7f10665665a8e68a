import { afterEach, describe, expect, it, vi } from 'vitest'
import fc from 'fast-check'
import { createDurableFeed, type DurableFeed } from '../../../src-main/bookkeeping/durable-feed.ts'
import type { Appended, Journal, JournalDraft, JournalRecord } from '../../../src-main/ports/index.ts'

/** A journal whose disk is as far as the test says. */
function journalAtWill() {
  const listeners = new Set<(durable: number) => void>()
  let appended = 0
  let durable = 0
  const state = { refuse: undefined as Extract<Appended, { ok: false }>['reason'] | undefined }
  const journal: Journal = {
    append: () => (state.refuse === undefined ? { ok: true, sequence: ++appended } : { ok: false, reason: state.refuse }),
    get appended() {
      return appended
    },
    get durable() {
      return durable
    },
    waitingMs: () => 0,
    onDurable(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onTrouble: () => () => undefined,
  }
  const reach = (sequence: number): void => {
    durable = sequence
    for (const listener of listeners) listener(sequence)
  }
  return { journal, state, reach }
}

const draft = (nth: number): JournalDraft => ({ kind: 'a.fact', at: nth, body: { nth } })

interface Fed {
  readonly feed: DurableFeed
  readonly handed: JournalRecord[]
  readonly lost: string[]
}

const feeds: DurableFeed[] = []
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.dispose()
  vi.useRealTimers()
})

function feedOf(journal: Journal): Fed {
  const handed: JournalRecord[] = []
  const lost: string[] = []
  const feed = createDurableFeed({
    journal,
    onDurable: (records) => void handed.push(...records),
    onTimed: () => undefined,
    nowMs: () => 0,
    onLost: ({ kind }, reason) => void lost.push(`${kind}: ${reason}`),
  })
  feeds.push(feed)
  return { feed, handed, lost }
}

describe('what the read model is given', () => {
  it('is on the disk: nothing is handed on before the journal says so', () => {
    const { journal, reach } = journalAtWill()
    const { feed, handed } = feedOf(journal)
    for (const nth of [1, 2, 3]) feed.journal.append(draft(nth))
    expect(handed).toEqual([])
    reach(2)
    expect(handed.map(({ sequence }) => sequence)).toEqual([1, 2])
    reach(3)
    expect(handed.map(({ sequence }) => sequence)).toEqual([1, 2, 3])
  })

  it('comes once, in order and without a gap, however the disk gets on', () => {
    const step = fc.oneof(fc.constant('append' as const), fc.constant('write' as const), fc.nat({ max: 5 }))
    fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { journal, reach } = journalAtWill()
      const { feed, handed } = feedOf(journal)
      let nth = 0
      for (const act of steps) {
        if (act === 'append') feed.journal.append(draft(++nth))
        else if (act === 'write') feed.write(draft(++nth))
        else {
          reach(Math.min(journal.appended, journal.durable + act))
          // The journal may say the same once more.
          reach(journal.durable)
        }
        expect(handed.map(({ sequence }) => sequence)).toEqual(Array.from({ length: journal.durable }, (_each, index) => index + 1))
        expect(handed.map(({ at }) => at)).toEqual(handed.map(({ sequence }) => sequence))
      }
      feed.dispose()
    }))
  })

  it('keeps a fact that the journal cannot take, gives it again in its order, and says what is lost for good', () => {
    vi.useFakeTimers()
    const { journal, state, reach } = journalAtWill()
    const { feed, handed, lost } = feedOf(journal)
    state.refuse = 'full'
    feed.write(draft(1))
    feed.write(draft(2))
    vi.advanceTimersByTime(3_000)
    expect([journal.appended, lost]).toEqual([0, []])
    state.refuse = undefined
    vi.advanceTimersByTime(1_000)
    reach(2)
    expect(handed.map(({ at }) => at)).toEqual([1, 2])
    state.refuse = 'too-large'
    feed.write(draft(3))
    expect(lost).toEqual(['a.fact: too-large'])
  })
})
