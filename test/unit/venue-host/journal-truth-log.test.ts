import { describe, expect, it } from 'vitest'
import type { JournalDraft, JournalTrouble } from '../../../src-main/ports/index.ts'
import type { OpenedJournal } from '../../../src-main/store/index.ts'
import { BatchReader } from '../../../src-main/venue-host/index.ts'
import { JournalTruthLog } from '../../../src-main/venue-host/journal-truth-log.ts'
import type { TruthLine } from '../../../src-main/venues/paper/index.ts'

/** A journal with so much room at a time, led by hand. */
function journalOf(room = Infinity) {
  const drafts: JournalDraft[] = []
  let [durable, free] = [0, room]
  let onDurable = (_durable: number): void => undefined
  let onTrouble = (_trouble: JournalTrouble): void => undefined
  let isFailed = false
  const journal: OpenedJournal = {
    append: (draft) => {
      if (isFailed) return { ok: false, reason: 'failed' }
      if (free === 0) return { ok: false, reason: 'full' }
      free -= 1
      return { ok: true, sequence: drafts.push(draft) }
    },
    get durable() {
      return durable
    },
    get appended() {
      return drafts.length
    },
    waitingMs: () => 0,
    onDurable: (listener) => {
      onDurable = listener
      return () => undefined
    },
    onTrouble: (listener) => {
      onTrouble = listener
      return () => undefined
    },
    head: () => ({ sequence: 0, mac: '' }),
    whenDurable: () => Promise.resolve('durable'),
    close: () => Promise.resolve({ ok: true, head: { sequence: 0, mac: '' } }),
  }
  return {
    journal, drafts,
    flush: (to: number) => {
      durable = to
      free = room
      onDurable(to)
    },
    fail: () => {
      isFailed = true
      onTrouble({ kind: 'failed', detail: 'EIO' })
    },
  }
}

const long = (name: string): TruthLine => ({ kind: 'reset', reset: { account: name.repeat(30_000), at: 1, reason: 'r' } })
const short = (amount: number): TruthLine => ({ kind: 'purse', purse: 'p', asset: 'USD', amount })

function logOf(room?: number) {
  const first = journalOf(room)
  const next = journalOf()
  const [whole, failures]: [number[], string[]] = [[], []]
  const log = new JournalTruthLog({
    now: () => 1, first: { number: 1, journal: first.journal }, openNext: () => Promise.resolve({ number: 2, journal: next.journal }),
    whole: (number) => whole.push(number), failed: (detail) => failures.push(detail), longBytes: 200_000,
  })
  let told = 0
  log.onDurable(() => { told += 1 })
  return { log, first, next, whole, failures, told: () => told }
}

const linesIn = (drafts: readonly JournalDraft[]): readonly TruthLine[] => {
  const reader = new BatchReader()
  drafts.forEach((draft, index) => reader.read({ ...draft, sequence: index + 1 }))
  return reader.lines
}

describe('the log of the truth', () => {
  it('calls a batch durable when its last record is, and not before', () => {
    const { log, first, whole, told } = logOf()
    log.append([long('a'), long('b'), long('c')])
    log.append([short(1)])
    expect(first.drafts).toHaveLength(4)
    first.flush(2)
    expect([log.durable, told(), whole]).toEqual([0, 0, []])
    first.flush(3)
    expect([log.durable, told(), whole]).toEqual([1, 1, [1]])
    first.flush(4)
    expect([log.durable, told(), whole]).toEqual([2, 2, [1]])
  })

  it('keeps what does not fit now before what comes after it', () => {
    const { log, first } = logOf(1)
    log.append([long('a'), long('b')])
    log.append([short(1)])
    expect(first.drafts).toHaveLength(1)
    first.flush(1)
    first.flush(2)
    first.flush(3)
    expect(linesIn(first.drafts)).toEqual([long('a'), long('b'), short(1)])
    expect(log.durable).toBe(2)
  })

  it('says once that nothing can be written any more, and calls nothing durable after that', () => {
    const { log, first, failures } = logOf()
    log.append([short(1)])
    first.fail()
    log.append([short(2)])
    expect(failures).toEqual(['EIO'])
    expect(log.durable).toBe(0)
  })

  it('goes on in a new journal with the state, which stands for all that was not durable in the old one', async () => {
    const { log, first, next, whole } = logOf()
    log.onLong(() => [short(99)])
    log.append([short(1)])
    first.flush(1)
    for (let batch = 0; batch < 8; batch += 1) log.append([long(String(batch))])
    await Promise.resolve()
    await Promise.resolve()
    log.append([short(100)])
    expect(linesIn(next.drafts)).toEqual([short(99), short(100)])
    first.flush(9)
    expect([log.durable, whole]).toEqual([1, [1]])
    next.flush(1)
    expect([log.durable, whole]).toEqual([10, [1, 2]])
    next.flush(2)
    expect(log.durable).toBe(11)
  })
})
