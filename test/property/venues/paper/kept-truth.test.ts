import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountFromRaw, createRandom, lotsFromRaw, rawOf, ticksFromRaw } from '../../../../src-main/base/index.ts'
import type { JournalDraft } from '../../../../src-main/ports/index.ts'
import type { OrderId, VenueOrderSpec, VenueReport } from '../../../../src-main/domain/index.ts'
import { BatchReader, recordsOfBatch } from '../../../../src-main/venue-host/index.ts'
import { PaperVenue, readTruth, Schedule } from '../../../../src-main/venues/paper/index.ts'
import type { KeptTruth, TruthLine, TruthLog } from '../../../../src-main/venues/paper/index.ts'
import { chaosPresetNames, houseAssets, houseTradables, SimExchange } from '../../../../src-main/venues/sim/index.ts'
import type { AccountTruth } from '../../../../src-main/venues/sim/index.ts'
import { installation, orderIdOf, paperAccount, startAt } from '../../../unit/venues/paper/paper-house.ts'

/** A disk that takes its time, and can be cut anywhere. */
class SlowDisk implements TruthLog {
  readonly records: { readonly draft: JournalDraft; readonly batch: number }[] = []
  readonly #listeners: (() => void)[] = []
  durable = 0
  #appended = 0
  readonly #seen: (batch: number) => void

  constructor(seen: (batch: number) => void) {
    this.#seen = seen
  }

  append(batch: readonly TruthLine[]): number {
    this.#appended += 1
    this.records.push(...recordsOfBatch(batch, 1).map((draft) => ({ draft, batch: this.#appended })))
    this.#seen(this.#appended)
    return this.#appended
  }

  onDurable(listener: () => void): void {
    this.#listeners.push(listener)
  }

  onLong(): void { /* never */ }

  flush(): void {
    if (this.durable === this.#appended) return
    this.durable = this.#appended
    for (const listener of this.#listeners) listener()
  }

  /** What a crash leaves: all that is durable, and any part of the rest. A journal whose first batch is not durable does not count. */
  afterCrash(share: number, before: KeptTruth | undefined): { readonly kept: KeptTruth | undefined; readonly batches: number } {
    if (this.durable === 0) return { kept: before, batches: 0 }
    const sure = this.records.filter(({ batch }) => batch <= this.durable).length
    const left = this.records.slice(0, sure + Math.floor(share * (this.records.length - sure + 1)))
    const reader = new BatchReader()
    left.forEach(({ draft }, index) => expect(reader.read({ ...draft, sequence: index + 1 })).toBe(true))
    return { kept: readTruth(reader.lines), batches: reader.batches }
  }
}

type Step =
  | { readonly kind: 'order'; readonly spec: number; readonly lots: number; readonly away: number }
  | { readonly kind: 'cancel'; readonly which: number }
  | { readonly kind: 'wait'; readonly ms: number; readonly flushes: boolean }
  | { readonly kind: 'speed'; readonly speed: number }
  | { readonly kind: 'weather'; readonly which: number }
  | { readonly kind: 'reset'; readonly usd: number }
  | { readonly kind: 'kill'; readonly share: number; readonly downMs: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('order' as const), spec: fc.nat(7), lots: fc.integer({ min: 50, max: 3_000 }), away: fc.integer({ min: -30, max: 60 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which: fc.nat(20) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 1, max: 1_500 }), flushes: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('speed' as const), speed: fc.constantFrom(0, 1, 100) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('weather' as const), which: fc.nat(chaosPresetNames.length - 1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('reset' as const), usd: fc.integer({ min: 1, max: 100_000 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('kill' as const), share: fc.double({ min: 0, max: 1, noNaN: true }), downMs: fc.constantFrom(0, 50, 20_000, 3_600_000, 9 * 86_400_000) }) },
)

/** What an account's owner could ever have been told of it; free money depends on prices that are not kept. */
const told = ({ orders, trades, positions, balances, postings }: AccountTruth) => ({
  // In no order: a twin keeps them by their coming, the books by their end.
  orders: orders.toSorted((a, b) => Number(a.venueOrder) - Number(b.venueOrder)), trades, postings,
  positions: positions.toSorted((a, b) => a.instrument.localeCompare(b.instrument)),
  balances: balances.filter(({ total }) => rawOf(total) !== 0).map(({ asset, total }) => ({ asset, total })).toSorted((a, b) => a.asset.localeCompare(b.asset)),
})

const instruments = ['BTC/USD', 'ETH/USD:PERP'] as const

class Life {
  readonly disk: SlowDisk
  readonly venue: PaperVenue
  readonly kept: KeptTruth | undefined
  readonly #truths = new Map<number, AccountTruth>()

  constructor(schedule: Schedule, kept: KeptTruth | undefined, speed: number, marketAt: number, hear: (report: VenueReport) => void) {
    this.kept = kept
    let venue: PaperVenue | undefined
    // Within its making the venue cannot be asked: its first batch is what it was given.
    this.disk = new SlowDisk((batch) => { if (venue !== undefined) this.#truths.set(batch, venue.truth('paper')) })
    venue = new PaperVenue({
      timeline: schedule, installation, accounts: [paperAccount], log: this.disk,
      pace: { seed: 7, anchorWall: schedule.now, anchorMarket: marketAt, speed }, ...(kept === undefined ? {} : { kept }),
    })
    this.venue = venue
    venue.listen({ report: hear, gone: () => undefined })
  }

  truthAt(batch: number): AccountTruth | undefined {
    return this.#truths.get(batch)
  }
}

class Storm {
  readonly #ties = createRandom(3)
  readonly #schedule = new Schedule(startAt, () => this.#ties.nextUint32())
  readonly #trades = new Map<string, string>()
  readonly #orders = new Set<string>()
  #life: Life
  #speed = 1
  #given = 0
  compared = 0

  constructor() {
    this.#life = this.#begin(undefined)
  }

  do(each: Step): void {
    const { venue } = this.#life
    switch (each.kind) {
      case 'order': return this.#order(each)
      case 'cancel': {
        const order = orderIdOf(1 + (each.which % Math.max(1, this.#given)))
        return venue.perform({ kind: 'send-cancel', account: 'paper', order, needs: 0, instrument: instruments[each.which % 2] ?? 'BTC/USD' })
      }
      case 'wait':
        this.#run(each.ms)
        if (each.flushes) this.#life.disk.flush()
        return
      case 'speed':
        venue.follow({ seed: 7, anchorWall: this.#schedule.now, anchorMarket: this.#schedule.now, speed: each.speed })
        this.#speed = each.speed
        return
      case 'weather': return venue.become(chaosPresetNames[each.which] ?? 'calm')
      case 'reset':
        venue.reset({ account: 'paper', reason: 'try', balances: [{ asset: 'USD', amount: amountFromRaw(each.usd * 1_000_000) }] })
        return
      case 'kill': return this.#kill(each.share, each.downMs)
    }
  }

  finish(): void {
    this.#order({ kind: 'order', spec: 6, lots: 100, away: 0 })
    this.#run(1_000)
    this.#life.disk.flush()
    this.#kill(0, 0)
  }

  #begin(kept: KeptTruth | undefined): Life {
    return new Life(this.#schedule, kept, this.#speed, this.#schedule.now, (report) => this.#hear(report))
  }

  #hear(report: VenueReport): void {
    if (report.kind === 'order-reported' && report.view.venueOrder !== 'V-elsewhere') this.#orders.add(report.view.venueOrder)
    if (report.kind === 'send-accepted' && report.venueOrder !== '') this.#orders.add(report.venueOrder)
    if (report.kind !== 'trade-reported') return
    const { order, ...trade } = report.trade
    void order
    const name = `${trade.instrument} ${trade.trade}`
    const text = JSON.stringify(trade)
    // One number never means two trades, over all lives.
    expect(this.#trades.get(name) ?? text).toBe(text)
    this.#trades.set(name, text)
  }

  #run(ms: number): void {
    const until = this.#schedule.now + ms
    while (this.#schedule.step(until)) { /* one after the other */ }
    this.#schedule.passTo(until)
  }

  #order({ spec: which, lots, away }: Extract<Step, { kind: 'order' }>): void {
    this.#given += 1
    const instrument = instruments[which % 2] ?? 'BTC/USD'
    const isBuy = which % 4 < 2
    const middle = instrument === 'BTC/USD' ? 646_000 : 310_000
    const price = ticksFromRaw(Math.round(middle * (1 + ((isBuy ? -1 : 1) * away) / 10_000)))
    const common = { instrument, side: isBuy ? 'buy' : 'sell', lots: lotsFromRaw(lots), postOnly: false, reduceOnly: false, positionSide: 'net' } as const
    const spec: VenueOrderSpec = which >= 6 ? { ...common, type: 'market', timeInForce: 'ioc' }
      : which === 5 ? { ...common, type: 'stop', trigger: price, triggerSource: 'last', timeInForce: 'gtc' }
      : { ...common, type: 'limit', limit: price, timeInForce: 'gtc' }
    const order: OrderId = orderIdOf(this.#given)
    this.#life.venue.perform({ kind: 'send-order', account: 'paper', order, needs: 0, sendEpoch: 0, validUntil: this.#schedule.now + 5_000, spec })
  }

  #kill(share: number, downMs: number): void {
    const { disk, venue } = this.#life
    const before = this.#life
    void venue.dispose()
    const { kept, batches } = disk.afterCrash(share, before.kept)
    if (kept !== undefined) {
      const restored = new SimExchange({
        seed: 1, startAt: this.#schedule.now, tradables: houseTradables, assets: houseAssets, accounts: [paperAccount], books: kept.books,
      })
      const twin = before.truthAt(batches)
      if (twin !== undefined) {
        this.compared += 1
        expect(told(restored.truth('paper'))).toEqual(told(twin))
      }
      const { orders, trades } = restored.truth('paper')
      const [known, made] = [new Set(orders.map(({ venueOrder }) => venueOrder)), new Map(trades.map((trade) => [`${trade.instrument} ${trade.trade}`, JSON.stringify(trade)]))]
      for (const order of this.#orders) expect(known.has(order)).toBe(true)
      for (const [name, text] of this.#trades) expect(made.get(name)).toBe(text)
      for (const sum of restored.ledgerSums().values()) expect(sum).toBe(0n)
    } else expect([this.#orders.size, this.#trades.size]).toEqual([0, 0])
    // An order that was told of ages ago may be forgotten by any venue.
    if (downMs > 80_000_000) {
      this.#orders.clear()
      this.#trades.clear()
    }
    this.#schedule.passTo(this.#schedule.now + downMs)
    this.#life = this.#begin(kept)
  }
}

describe('the kept truth of the paper venue', () => {
  it('is after any crash what it was at the last batch that is whole, and holds all that was ever told', { timeout: 120_000 }, () => {
    let compared = 0
    fc.assert(fc.property(fc.array(step, { minLength: 10, maxLength: 45 }), (steps) => {
      const storm = new Storm()
      for (const each of steps) storm.do(each)
      storm.finish()
      compared += storm.compared
    }), { numRuns: 16 })
    expect(compared).toBeGreaterThan(5)
  })
})
