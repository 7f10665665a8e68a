import { expect, it } from 'vitest'
import { rememberAlerts, type RememberParts } from '../../../src-main/bookkeeping/remember-alerts.ts'
import type { JournalRecord } from '../../../src-main/ports/index.ts'

const alert = (sequence: number, kind = 'alert.raised'): JournalRecord => ({ sequence, at: sequence, kind, body: {} })

/** Books that have applied so much, and a journal of ten records of which the newest are at hand. */
function deskOf(answer: () => Promise<unknown>, newest: readonly JournalRecord[], patienceMs = 60_000) {
  const told: { readonly facts: readonly number[]; readonly number: number }[] = []
  const gone = new Set<() => void>()
  const open = {
    books: { alertPast: answer, applied: () => ({ sequence: 6 }), onGone: (listener: () => void) => void gone.add(listener) },
    feed: { state: { is: 'catching-up', applied: 0 } as { is: string } },
    found: { records: 10, lastRecords: () => Promise.resolve([alert(10), alert(9, 'engine.started'), alert(5)]) },
    journal: { appended: 12 },
    level: new Promise(() => undefined),
    newest,
  }
  const parts = {
    open, patienceMs, lookAgainMs: 5,
    alerts: {
      isEarly: true,
      remember: (facts: Iterable<JournalRecord>, number: number) => void told.push({ facts: [...facts].map(({ sequence }) => sequence), number }),
    },
  }
  return { open, told, gone, remembered: rememberAlerts(parts as unknown as RememberParts) }
}

const pastTo = (applied: number) => () => Promise.resolve({ ok: true, value: { applied, facts: [alert(1)], highestNumber: 7 } })
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 60))

it('alerts are remembered at once from the read model and all records after it, oldest first', async () => {
  const { told, remembered } = deskOf(pastTo(8), [alert(10), alert(9, 'engine.started'), alert(8)])
  await remembered.atOnce
  expect(told).toEqual([{ facts: [1, 10], number: 7 }])
  await remembered.giveUp()
  expect(told).toHaveLength(1)
})

it('alerts are not remembered while a record between is not at hand, and are when the read model has it', async () => {
  const has = { sequence: 6 }
  const { open, told, remembered } = deskOf(() => pastTo(has.sequence)(), [alert(10), alert(9)])
  open.books.applied = () => has
  await remembered.atOnce
  await soon()
  expect(told).toEqual([])
  // It may be behind for ever, of what came since.
  has.sequence = 10
  await soon()
  expect(told).toEqual([{ facts: [1], number: 7 }])
})

it('a read model of another journal never has them all: what there is counts, and numbers go on above the records', async () => {
  const { open, told } = deskOf(pastTo(6), [alert(10), alert(9)])
  open.feed.state = { is: 'diverged' }
  await soon()
  expect(told).toEqual([{ facts: [1, 9, 10], number: 12 }])
})

it('what was refused once is asked for again, also while the read model is behind for good', async () => {
  let times = 0
  const { open, told } = deskOf(() => ((times += 1) === 1 ? Promise.resolve({ ok: false, error: { kind: 'overloaded' } }) : pastTo(8)()), [alert(10), alert(9)])
  open.feed.state = { is: 'behind' }
  open.books.applied = () => ({ sequence: 8 })
  await soon()
  expect(told).toEqual([{ facts: [1, 9, 10], number: 7 }])
})

it('a thread of the books that ends is known at once: the journal itself says what is open', async () => {
  const { told, gone, remembered } = deskOf(() => Promise.resolve({ ok: false, error: { kind: 'closed' } }), [])
  await remembered.atOnce
  await soon()
  expect(told).toEqual([])
  for (const tell of gone) tell()
  await soon()
  expect(told).toEqual([{ facts: [5, 10], number: 12 }])
})

it('nothing is held back for longer than a while: a crash would take it along', async () => {
  const { told } = deskOf(pastTo(6), [alert(10), alert(9)], 20)
  await soon()
  expect(told).toEqual([{ facts: [1, 9, 10], number: 12 }])
  const hanging = deskOf(() => new Promise(() => undefined), [alert(10)], 20)
  await expect.poll(() => hanging.told, { timeout: 5_000 }).toEqual([{ facts: [10], number: 12 }])
})

it('a read model that does not answer holds up no start, and no end', async () => {
  const { told, remembered } = deskOf(() => new Promise(() => undefined), [alert(10)])
  await remembered.atOnce
  expect(told).toEqual([])
  await remembered.giveUp()
  expect(told).toEqual([{ facts: [10], number: 12 }])
}, 10_000)
