import { add, assert, ensureDefined, hasOverflowed, isNegative, isZero, OverflowError, quantityMax, tryAdd, trySubtract } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { PositionSide, Tradable, VenuePosting, VenueTrade } from '../../domain/index.ts'
import { FillLog } from './fill-log.ts'
import type { FillLogSnapshot } from './fill-log.ts'
import { isFarFromFull, swingOf, withFill } from './fill-swing.ts'
import { Ledger, movement } from './ledger.ts'
import type { LedgerAccount, LedgerPosting, LedgerSum } from './ledger.ts'
import { balancePostings, openingPosition, positionPostings } from './opening.ts'
import type { Opening } from './opening.ts'
import { flat, noMoney } from './position.ts'
import type { LotMethod } from './position.ts'
import type { Split } from './split.ts'

export interface AccountBooksSetup {
  readonly account: string
  readonly positions: 'netting' | 'hedging'
  readonly lots: LotMethod
  readonly tradables: readonly Tradable[]
}

export interface PositionView {
  readonly instrument: string
  readonly positionSide: PositionSide
  /** Signed. */
  readonly lots: Lots
  /** What the lots cost: a magnitude, in the quote currency. */
  readonly cost: Amount
  /** Of what was closed, before fees and funding. */
  readonly realised: Amount
  /** When an event last moved it, by the engine's time. */
  readonly changedAt: number
}

export interface BalanceView {
  readonly asset: string
  readonly total: Amount
  readonly changedAt: number
}

interface BookedPosition {
  readonly instrument: string
  readonly positionSide: PositionSide
  readonly changedAt: number
  readonly log: FillLogSnapshot
}

export interface AccountBooksSnapshot {
  readonly ledger: readonly LedgerSum[]
  readonly positions: readonly BookedPosition[]
  readonly balancesChangedAt: readonly { readonly asset: string; readonly at: number }[]
  readonly funding: readonly { readonly instrument: string; readonly asset: string; readonly amount: Amount }[]
}

interface BookedLog {
  readonly instrument: string
  readonly positionSide: PositionSide
  changedAt: number
  readonly log: FillLog
}

/** A split as the venue or a calendar tells it. */
export interface BookedSplit extends Split {
  readonly instrument: string
  readonly id: string
  readonly at: number
}

const postedTo: Readonly<Record<VenuePosting['reason'], LedgerAccount>> = {
  funding: 'funding', interest: 'interest', deposit: 'external', withdrawal: 'external', transfer: 'external', dust: 'dust',
  'liquidation-fee': 'liquidation', dividend: 'dividends',
}

const inOrder = <Value>(map: ReadonlyMap<string, Value>): readonly Value[] => [...map.keys()].sort().flatMap((key) => map.get(key) ?? [])

/**
 * The books of one account: its positions and its ledger. They must never hold money that no entry explains.
 * Invariants: 1 a position is its opening and the sum of the signed lots of its fills; 2 a balance is the sum of its postings, and the sums of an asset are zero;
 * 3 money without a trade, such as funding, is a posting and touches no position; 4 restored from a snapshot they go on as if they had never stopped.
 */
export class AccountBooks {
  readonly account: string
  readonly #setup: AccountBooksSetup
  readonly #positions: 'netting' | 'hedging'
  readonly #lots: LotMethod
  readonly #tradables: ReadonlyMap<string, Tradable>
  readonly #ledger: Ledger
  readonly #booked = new Map<string, BookedLog>()
  readonly #balancesChangedAt = new Map<string, number>()
  readonly #funding = new Map<string, { readonly instrument: string; readonly asset: string; amount: Amount }>()

  constructor(setup: AccountBooksSetup, past?: AccountBooksSnapshot) {
    this.account = setup.account
    this.#setup = setup
    this.#positions = setup.positions
    this.#lots = setup.lots
    this.#tradables = new Map(setup.tradables.map((tradable) => [tradable.instrument.id, tradable]))
    this.#ledger = new Ledger(past?.ledger)
    for (const { instrument, positionSide, changedAt, log } of past?.positions ?? []) this.#bookedFor(instrument, positionSide, changedAt, log)
    for (const { asset, at } of past?.balancesChangedAt ?? []) this.#balancesChangedAt.set(asset, at)
    for (const { instrument, asset, amount } of past?.funding ?? []) this.#countFunding(instrument, asset, amount)
  }

  /** What was there before any event of ours; once, before the first fill. */
  takeOpening({ balances, positions }: Opening, at: number): void {
    for (const { asset, total } of balances) this.#book(balancePostings(asset, total), at)
    for (const held of positions) {
      const tradable = this.#tradable(held.instrument)
      const state = openingPosition(held, tradable)
      this.#bookedFor(held.instrument, held.positionSide, at).log.open(state)
      this.#book(positionPostings(state, tradable), at)
    }
  }

  applyFill(trade: VenueTrade, inferred: boolean, at: number): void {
    assert(!isNegative(trade.lots) && !isNegative(trade.price), 'expected a trade of so many lots at a price')
    this.#bookedFor(trade.instrument, trade.positionSide, at).log.add({ kind: 'fill', at: trade.at, id: trade.trade, trade, inferred })
    this.#touch(trade, at)
  }

  /** Positions, profit and money are then as if the trade had never been applied. */
  takeBackFill(trade: VenueTrade, at: number): void {
    this.#bookedFor(trade.instrument, trade.positionSide, at).log.takeBack(trade)
    this.#touch(trade, at)
  }

  applyPosting({ reason, asset, amount, instrument }: VenuePosting, at: number): void {
    this.#book(movement(asset, postedTo[reason], 'wallet', amount), at)
    if (reason === 'funding' && instrument !== undefined) this.#countFunding(instrument, asset, amount)
  }

  /** On every position that is held in the instrument, as of the venue's time. `id` tells splits of one moment apart. */
  applySplit(split: BookedSplit, at: number): void {
    for (const booked of inOrder(this.#booked)) {
      if (booked.instrument !== split.instrument) continue
      booked.changedAt = at
      booked.log.add({ kind: 'split', at: split.at, id: split.id, split })
    }
    this.#balancesChangedAt.set(this.#tradable(split.instrument).instrument.base, at)
  }

  /** Whether every sum can be counted with the trade in it, in the place of what stood in for it: asked before it is decided, because a fold must never fail. */
  hasRoomFor(trade: VenueTrade, inferred: readonly VenueTrade[] = []): boolean {
    if (this.#isFarFromFull(trade)) return true
    return this.survives((copy) => {
      for (const stood of inferred) copy.takeBackFill(stood, 0)
      copy.applyFill(trade, false, 0)
      for (const stood of inferred) copy.applyFill(stood, true, 0)
    })
  }

  hasRoomForPosting({ reason, asset, amount, instrument }: VenuePosting): boolean {
    const sums = [tryAdd(this.#ledger.sum(asset, 'wallet'), amount), trySubtract(this.#ledger.sum(asset, postedTo[reason]), amount)]
    if (reason === 'funding' && instrument !== undefined) sums.push(tryAdd(this.funding(instrument, asset), amount))
    return !sums.some(hasOverflowed)
  }

  /** The change is tried on a copy: exact, and dear. */
  survives(change: (copy: AccountBooks) => void): boolean {
    try {
      change(new AccountBooks(this.#setup, this.snapshot()))
      return true
    } catch (trouble) {
      if (trouble instanceof OverflowError) return false
      throw trouble
    }
  }

  position(instrument: string, positionSide: PositionSide = 'net'): PositionView {
    const side = this.#sideOf(positionSide)
    const booked = this.#booked.get(keyOf(instrument, side))
    const state = booked?.log.state ?? flat
    return { instrument, positionSide: side, lots: state.lots, cost: state.cost, realised: state.realised, changedAt: booked?.changedAt ?? 0 }
  }

  /** All that were ever opened, in order of instrument and side. */
  positions(): readonly PositionView[] {
    return inOrder(this.#booked).map(({ instrument, positionSide }) => this.position(instrument, positionSide))
  }

  /** What the venue holds for us: `wallet` of the ledger. */
  balance(asset: string): Amount {
    return this.#ledger.sum(asset, 'wallet')
  }

  balances(): readonly BalanceView[] {
    return this.#ledger.assets().map((asset) => ({ asset, total: this.balance(asset), changedAt: this.#balancesChangedAt.get(asset) ?? 0 }))
  }

  /** Positive was received, negative was paid. */
  funding(instrument: string, asset: string): Amount {
    return this.#funding.get(keyOf(instrument, asset))?.amount ?? noMoney
  }

  ledgerSum(asset: string, account: LedgerAccount): Amount {
    return this.#ledger.sum(asset, account)
  }

  ledgerSums(): readonly LedgerSum[] {
    return this.#ledger.sums()
  }

  /** The same for every way that led here. */
  snapshot(): AccountBooksSnapshot {
    return {
      ledger: this.#ledger.sums(),
      positions: inOrder(this.#booked).map(({ instrument, positionSide, changedAt, log }) => ({ instrument, positionSide, changedAt, log: log.snapshot() })),
      balancesChangedAt: [...this.#balancesChangedAt.keys()].sort().map((asset) => ({ asset, at: this.#balancesChangedAt.get(asset) ?? 0 })),
      funding: inOrder(this.#funding).map(({ instrument, asset, amount }) => ({ instrument, asset, amount })),
    }
  }

  #tradable(instrument: string): Tradable {
    return ensureDefined(this.#tradables.get(instrument), 'the instrument in the books of the account')
  }

  #isFarFromFull(trade: VenueTrade): boolean {
    const tradable = this.#tradable(trade.instrument)
    const booked = this.#booked.get(keyOf(trade.instrument, this.#sideOf(trade.positionSide)))
    const swing = booked?.log.swingWith(trade) ?? withFill(swingOf(flat), trade, flat, tradable)
    const { base, quote } = tradable.instrument
    return isFarFromFull(swing, tradable) && this.#hasHalfLeft(base) && this.#hasHalfLeft(quote) && this.#hasHalfLeft(trade.feeAsset)
  }

  #hasHalfLeft(asset: string): boolean {
    return this.#ledger.largest(asset) <= quantityMax / 2
  }

  #sideOf(side: PositionSide | undefined): PositionSide {
    return this.#positions === 'netting' ? 'net' : (side ?? 'net')
  }

  #book(entry: readonly LedgerPosting[], at: number): void {
    this.#ledger.book(entry)
    for (const { asset } of entry) this.#balancesChangedAt.set(asset, at)
  }

  #touch({ instrument, feeAsset, fee }: VenueTrade, at: number): void {
    const { instrument: { base, quote }, settlement } = this.#tradable(instrument)
    this.#balancesChangedAt.set(quote, at)
    if (settlement === 'delivery') this.#balancesChangedAt.set(base, at)
    if (!isZero(fee)) this.#balancesChangedAt.set(feeAsset, at)
  }

  #bookedFor(instrument: string, positionSide: PositionSide | undefined, at: number, past?: FillLogSnapshot): BookedLog {
    const side = this.#sideOf(positionSide)
    const key = keyOf(instrument, side)
    const known = this.#booked.get(key)
    if (known !== undefined) {
      known.changedAt = at
      return known
    }
    const booked = { instrument, positionSide: side, changedAt: at, log: new FillLog(this.#tradable(instrument), this.#lots, this.#ledger, past) }
    this.#booked.set(key, booked)
    return booked
  }

  #countFunding(instrument: string, asset: string, amount: Amount): void {
    const key = keyOf(instrument, asset)
    const known = this.#funding.get(key)
    if (known === undefined) this.#funding.set(key, { instrument, asset, amount })
    else known.amount = add(known.amount, amount)
  }
}

/** Neither an instrument nor a side or an asset holds a space. */
const keyOf = (left: string, right: string): string => `${left} ${right}`
