import { describe, expect, it } from 'vitest'
import { TruthKeeper } from '../../../../src-main/venues/paper/truth-keeper.ts'
import type { TruthLine, TruthLog } from '../../../../src-main/venues/paper/index.ts'
import type { BookLine, ExchangeOutput } from '../../../../src-main/venues/sim/index.ts'

const purse = (amount: number): BookLine => ({ kind: 'purse', purse: 'paper', asset: 'USD', amount })
const output = (sequence: number): ExchangeOutput => ({
  kind: 'stream', at: 1, account: 'paper', sequence, body: { kind: 'posting', posting: { reference: 'r', reason: 'dust', asset: 'USD', amount: 1 as never, at: 1 } },
})

function keeperOf(isKept = true) {
  const batches: (readonly TruthLine[])[] = []
  const told: number[] = []
  let [changes, durable]: [readonly BookLine[], number] = [[], 0]
  let listener = (): void => undefined
  const log: TruthLog = {
    append: (batch) => batches.push(batch),
    get durable() {
      return durable
    },
    onDurable: (given) => { listener = given },
    onLong: () => undefined,
  }
  const keeper = new TruthKeeper({
    exchange: { takeChanges: () => changes, bookLines: () => [purse(0)] },
    log: isKept ? log : undefined, kept: undefined, market: () => ({ seed: 7, at: 5 }),
    deliver: (each) => void told.push(each.kind === 'stream' ? each.sequence : -1),
  })
  return {
    keeper, batches, told,
    step: (change: readonly BookLine[], ...sequences: readonly number[]) => {
      changes = change
      keeper.take(sequences.map(output))
    },
    flush: (to: number) => {
      durable = to
      listener()
    },
  }
}

describe('the keeper of the truth', () => {
  it('writes the whole state first, and then what has changed', () => {
    const { keeper, batches, step } = keeperOf()
    keeper.begin()
    step([purse(1)])
    step([])
    expect(batches.map((batch) => batch.map(({ kind }) => kind))).toEqual([['purse', 'venue'], ['purse', 'venue']])
  })

  it('lets out what waits in the order in which it came, as far as it is durable', () => {
    const { keeper, told, step, flush } = keeperOf()
    keeper.begin()
    step([], 1)
    step([purse(1)], 2)
    step([], 3)
    step([purse(2)], 4)
    expect(told).toEqual([])
    flush(1)
    expect(told).toEqual([1])
    flush(2)
    expect(told).toEqual([1, 2, 3])
    flush(3)
    expect(told).toEqual([1, 2, 3, 4])
  })

  it('lets everything out at once where nothing is kept', () => {
    const { keeper, told, step } = keeperOf(false)
    keeper.begin()
    step([purse(1)], 1, 2)
    expect(told).toEqual([1, 2])
  })

  it('writes down who wanted a reset, with the next batch', () => {
    const { keeper, batches, step } = keeperOf()
    keeper.begin()
    keeper.noteReset({ account: 'paper', at: 3, reason: 'a new month' })
    step([])
    expect(batches[1]).toEqual([{ kind: 'reset', reset: { account: 'paper', at: 3, reason: 'a new month' } }, { kind: 'venue', lives: 1, market: { seed: 7, at: 5 } }])
    expect(keeper.resets).toEqual([{ account: 'paper', at: 3, reason: 'a new month' }])
  })
})
