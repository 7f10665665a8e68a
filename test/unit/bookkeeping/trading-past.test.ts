import { describe, expect, it } from 'vitest'
import { tradingPastOf } from '../../../src-main/bookkeeping/trading-past.ts'
import type { JournalRecord } from '../../../src-main/ports/index.ts'
import type { KeptSnapshot, Past } from '../../../src-main/runtime/index.ts'

const started = (sequence: number, event: number): JournalRecord => ({
  sequence, at: sequence, kind: 'engine.started', body: { sequence: event, mode: 'starting', reason: 'started', version: '1' },
})
const asked = (sequence: number, event: number): JournalRecord => ({
  sequence, at: sequence, kind: 'trading.epoch-asked', body: { sequence: event, account: 'main', epoch: event, why: 'a test' },
})
const beside = (sequence: number): JournalRecord => ({ sequence, at: sequence, kind: 'alert.raised', body: { id: 'x' } })

const journal = [started(1, 1), beside(2), asked(3, 2), asked(4, 3), beside(5), asked(6, 4)]

function past(records: readonly JournalRecord[], kept?: KeptSnapshot, accounts: readonly string[] = ['main']): Promise<{ readonly ok: boolean; readonly value?: Past; readonly readFrom: readonly number[] }> {
  const readFrom: number[] = []
  const sources = {
    snapshot: () => Promise.resolve(kept),
    async *recordsFrom(sequence: number) {
      readFrom.push(sequence)
      yield* records.filter((record) => record.sequence >= sequence)
    },
  }
  const scope = { accounts: new Set(accounts), instruments: new Set(['BTC/USD']) }
  return tradingPastOf(sources, [], { scope, installation: 'aabbccddeeff' }).then((result) => ({ ...result, readFrom }))
}

const snapshotAt = (event: number, record: number, body = JSON.stringify({ lastSequence: event })): KeptSnapshot => ({ event, record, form: 1, body })
const numbersOf = (value: Past | undefined): readonly number[] => [...(value?.trading?.events ?? [])].map(({ sequence }) => sequence)

describe('what an engine that trades knows of the past', () => {
  it('is every event of the books where there is no snapshot', async () => {
    const { value } = await past(journal)
    expect(value).toMatchObject({ lastSequence: 4 })
    expect(numbersOf(value)).toEqual([1, 2, 3, 4])
    expect(value?.trading?.snapshot).toBeUndefined()
  })

  it('is nothing in new books', async () => {
    expect((await past([])).value).toMatchObject({ lastSequence: 0 })
  })

  it('is a snapshot and what came behind it', async () => {
    const { value, readFrom } = await past(journal, snapshotAt(3, 4))
    expect(value).toMatchObject({ lastSequence: 4, trading: { snapshot: { lastSequence: 3 } } })
    expect(numbersOf(value)).toEqual([4])
    expect(readFrom).toEqual([5])
  })

  it('is read from the beginning where the snapshot does not fit, or cannot be read', async () => {
    for (const kept of [snapshotAt(2, 4), snapshotAt(3, 3), snapshotAt(3, 4, '{"lastSeq'), snapshotAt(3, 4, '{"lastSequence":2}')]) {
      const { value } = await past(journal, kept)
      expect(numbersOf(value)).toEqual([1, 2, 3, 4])
      expect(value?.trading?.snapshot).toBeUndefined()
    }
  })

  it('is refused where an event is missing or of a kind that a later version writes', async () => {
    expect(await past(journal.filter(({ sequence }) => sequence !== 4))).toMatchObject({ ok: false, error: { code: 'vault-newer' } })
    const later: JournalRecord = { sequence: 7, at: 7, kind: 'trading.order-teleported', body: { sequence: 5 } }
    expect(await past([...journal, later])).toMatchObject({ ok: false, error: { code: 'vault-newer' } })
  })

  it('is refused where the books speak of an account or an instrument that is not set up any more, and names it', async () => {
    expect(await past(journal, undefined, ['other'])).toMatchObject({ ok: false, error: { code: 'trading-not-set-up', details: { what: 'the account main' } } })
    const spec = { account: 'main', instrument: 'GONE/USD', side: 'buy', type: 'market', size: { by: 'all' }, timeInForce: 'ioc', owner: 'hand' }
    const intended: JournalRecord = { sequence: 7, at: 7, kind: 'trading.order-intended', body: { sequence: 5, order: 'x', spec, lots: 1 } }
    expect(await past([...journal, intended])).toMatchObject({ ok: false, error: { code: 'trading-not-set-up', details: { what: 'the instrument GONE/USD' } } })
    const opened: JournalRecord = {
      sequence: 7, at: 7, kind: 'trading.opening-taken',
      body: { sequence: 5, account: 'main', balances: [], positions: [{ instrument: 'GONE/USD', positionSide: 'net', lots: 1 }] },
    }
    expect(await past([...journal, opened])).toMatchObject({ ok: false, error: { details: { what: 'the instrument GONE/USD' } } })
  })

  it('is refused for what only the snapshot still speaks of', async () => {
    const account = { id: 'gone', books: { holdings: { contracts: [], coins: [] } } }
    const body = JSON.stringify({ lastSequence: 3, orders: [], accounts: [account] })
    expect(await past(journal, snapshotAt(3, 4, body))).toMatchObject({ ok: false, error: { details: { what: 'the account gone' } } })
    const gone = [{ instrument: 'GONE/USD' }]
    const coin = (log: object) => ({ contracts: [], coins: [{ asset: 'GONE', log: { base: [], steps: [], ...log } }] })
    for (const holdings of [{ contracts: gone, coins: [] }, coin({ base: gone }), coin({ steps: [{ kind: 'fill', trade: gone[0] }] })]) {
      const held = JSON.stringify({ lastSequence: 3, orders: [], accounts: [{ id: 'main', books: { holdings } }] })
      expect(await past(journal, snapshotAt(3, 4, held))).toMatchObject({ ok: false, error: { details: { what: 'the instrument GONE/USD' } } })
    }
  })

  it('starts where more is set up than the books know of', async () => {
    expect(await past(journal, undefined, ['main', 'second'])).toMatchObject({ ok: true, value: { lastSequence: 4, trading: { installation: 'aabbccddeeff' } } })
  })
})
