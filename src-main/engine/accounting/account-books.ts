import { add, amountFromRaw, assert, hasOverflowed, isNegative, isZero, OverflowError, quantityMax, tryAdd, trySubtract } from '../../base/index.ts'
import type { Amount, Lots } from '../../base/index.ts'
import type { PositionSide, Tradable, VenuePosting, VenueTrade } from '../../domain/index.ts'
import type { FillLog } from './fill-log.ts'
import { isFarFromFull, swingOf, withFill, withMove } from './fill-swing.ts'
import { HoldingBooks } from './holding-books.ts'
import type { HeldContract, HoldingBooksSnapshot } from './holding-books.ts'
import { formOf } from './holding.ts'
import { Ledger, movement } from './ledger.ts'
import type { LedgerAccount, LedgerPosting, LedgerSum } from './ledger.ts'
import { balancePostings } from './opening.ts'
import type { Opening } from './opening.ts'
import { noLots, noMoney } from './position.ts'
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
  /** Of a coin: what is held of it through this instrument, in its smallest units; all instruments of a coin together hold what the wallet does. */
  readonly units?: Amount
  /** What they cost: a magnitude, in the quote currency. */
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

export interface AccountBooksSnapshot {
  readonly ledger: readonly LedgerSum[]
  readonly holdings: HoldingBooksSnapshot
  readonly contractsChangedAt: readonly (HeldContract & { readonly at: number })[]
  readonly balancesChangedAt: readonly { readonly asset: string; readonly at: number }[]
  readonly funding: readonly { readonly instrument: string; readonly asset: string; readonly amount: Amount }[]
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
 * Invariants: 1 a position in a contract is its opening and the sum of the signed lots of its fills; 2 a balance is the sum of its postings, and the sums of an asset
 * are zero; 3 money without a trade, such as funding, is a posting, and touches no position but that in the coin that came or went; 4 restored from a snapshot they
 * go on as if they had never stopped; 5 what all pairs of a coin hold is what the wallet holds of it.
 */
export class AccountBooks {
  readonly account: string
  readonly #setup: AccountBooksSetup
  readonly #ledger: Ledger
  readonly #holdings: HoldingBooks
  readonly #contractsChangedAt = new Map<string, HeldContract & { at: number }>()
  readonly #balancesChangedAt = new Map<string, number>()
  readonly #funding = new Map<string, { readonly instrument: string; readonly asset: string; amount: Amount }>()

  constructor(setup: AccountBooksSetup, past?: AccountBooksSnapshot) {
    this.account = setup.account
    this.#setup = setup
    this.#ledger = new Ledger(past?.ledger)
    this.#holdings = new HoldingBooks(setup.tradables, setup.lots, this.#ledger, past?.holdings)
    for (const { instrument, positionSide, at } of past?.contractsChangedAt ?? []) this.#touchContract(instrument, positionSide, at)
    for (const { asset, at } of past?.balancesChangedAt ?? []) this.#balancesChangedAt.set(asset, at)
    for (const { instrument, asset, amount } of past?.funding ?? []) this.#countFunding(instrument, asset, amount)
  }

  /** What was there before any event of ours; once, before the first fill. */
  takeOpening({ balances, positions }: Opening, at: number): void {
    for (const { asset, total } of balances) this.#book(balancePostings(asset, total), at)
    // Told twice, the later word counts.
    const told = new Map(positions.map((held) => [keyOf(held.instrument, this.#sideIn(held)), { ...held, positionSide: this.#sideIn(held) }]))
    this.#holdings.open([...told.values()], (asset) => this.balance(asset), (entry) => this.#book(entry, at))
    for (const { instrument, positionSide } of told.values()) this.#touchContract(instrument, positionSide, at)
  }

  applyFill(trade: VenueTrade, inferred: boolean, at: number): void {
    assert(!isNegative(trade.lots) && !isNegative(trade.price), 'expected a trade of so many lots at a price')
    this.#logFor(trade).add({ kind: 'fill', at: trade.at, id: trade.trade, trade, inferred })
    this.#touch(trade, at)
  }

  /** Positions, profit and money are then as if the trade had never been applied. */
  takeBackFill(trade: VenueTrade, at: number): void {
    this.#logFor(trade).takeBack(trade)
    this.#touch(trade, at)
  }

  applyPosting({ reference, reason, asset, amount, instrument, at: postedAt }: VenuePosting, at: number): void {
    const account = postedTo[reason]
    this.#book(movement(asset, account, 'wallet', amount), at)
    if (reason === 'funding' && instrument !== undefined) this.#countFunding(instrument, asset, amount)
    if (this.#holdings.isCoin(asset)) this.#holdings.move({ asset, amount, account, at: postedAt, id: reference, of: reason })
  }

  /** On every position that is held in the instrument, or in its coin, as of the venue's time. `id` tells splits of one moment apart. */
  applySplit(split: BookedSplit, at: number): void {
    const { instrument: { base }, settlement } = this.#holdings.tradable(split.instrument)
    const { id, instrument, numerator, denominator } = split
    const sides = settlement === 'delivery' ? ['net' as const] : this.#holdings.held().flatMap((held) => (held.instrument === instrument ? [held.positionSide] : []))
    for (const side of sides) {
      this.#holdings.known(instrument, side)?.add({ kind: 'split', at: split.at, id, split: { numerator, denominator } })
      this.#touchContract(instrument, side, at)
    }
    this.#balancesChangedAt.set(base, at)
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

  hasRoomForPosting(posting: VenuePosting): boolean {
    const { reason, asset, amount, instrument } = posting
    const sums = [tryAdd(this.#ledger.sum(asset, 'wallet'), amount), trySubtract(this.#ledger.sum(asset, postedTo[reason]), amount)]
    if (reason === 'funding' && instrument !== undefined) sums.push(tryAdd(this.funding(instrument, asset), amount))
    if (sums.some(hasOverflowed)) return false
    return this.#canMove(asset, amount) || this.survives((copy) => copy.applyPosting(posting, 0))
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
    const { base } = this.#holdings.tradable(instrument).instrument
    const side = this.#sideIn({ instrument, positionSide })
    const { units, ...held } = this.#holdings.heldIn(instrument, side)
    const changedAt = units === undefined ? this.#contractsChangedAt.get(keyOf(instrument, side))?.at : this.#balancesChangedAt.get(base)
    return { instrument, positionSide: side, ...held, ...(units === undefined ? {} : { units }), changedAt: changedAt ?? 0 }
  }

  /** What an order could close. A coin that seems to be owed is one whose trade was not told yet: there is nothing to buy back. */
  closable(instrument: string, positionSide: PositionSide = 'net'): Lots {
    const { lots, units } = this.position(instrument, positionSide)
    return units !== undefined && isNegative(lots) ? noLots : lots
  }

  /** All that were ever opened, in order of instrument and side. */
  positions(): readonly PositionView[] {
    return this.#holdings.held().map(({ instrument, positionSide }) => this.position(instrument, positionSide))
  }

  /** Instruments that hold the asset: what moves it may change the position in each of them. */
  pairs(asset: string): readonly Tradable[] {
    return this.#holdings.pairs(asset)
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
      holdings: this.#holdings.snapshot(),
      contractsChangedAt: inOrder(this.#contractsChangedAt).map(({ instrument, positionSide, at }) => ({ instrument, positionSide, at })),
      balancesChangedAt: [...this.#balancesChangedAt.keys()].sort().map((asset) => ({ asset, at: this.#balancesChangedAt.get(asset) ?? 0 })),
      funding: inOrder(this.#funding).map(({ instrument, asset, amount }) => ({ instrument, asset, amount })),
    }
  }

  #logFor({ instrument, positionSide }: VenueTrade): FillLog {
    return this.#holdings.logFor(instrument, this.#sideIn({ instrument, positionSide }))
  }

  #isFarFromFull(trade: VenueTrade): boolean {
    const tradable = this.#holdings.tradable(trade.instrument)
    const { base, quote } = tradable.instrument
    const log = this.#holdings.known(trade.instrument, this.#sideIn(trade))
    const isDelivered = tradable.settlement === 'delivery'
    const swing = log?.swingWith(trade) ?? withFill(swingOf([]), trade, formOf([tradable], isDelivered ? base : undefined, this.#setup.lots))
    if (!isFarFromFull(swing)) return false
    if (!this.#isHalfEmpty(base) || !this.#isHalfEmpty(quote) || !this.#isHalfEmpty(trade.feeAsset)) return false
    if (isDelivered && this.pairs(base).some((pair) => !this.#isHalfEmpty(pair.instrument.quote))) return false
    // What is paid with a coin, or won or taken in one, moves the coin as well; no more of it than the swing of all that is paid.
    return this.#canMove(quote, amountFromRaw(Math.ceil(swing.money))) && (trade.feeAsset === base || this.#canMove(trade.feeAsset, trade.fee))
  }

  /** Of what is no coin nothing follows. */
  #canMove(asset: string, amount: Amount): boolean {
    if (!this.#holdings.isCoin(asset)) return true
    const move = { amount, account: 'exchanged' as const }
    const swing = this.#holdings.coin(asset)?.swingWithMove(move) ?? withMove(swingOf([]), move)
    return isFarFromFull(swing) && this.pairs(asset).every((pair) => this.#isHalfEmpty(pair.instrument.quote))
  }

  #isHalfEmpty(asset: string): boolean {
    return this.#ledger.largest(asset) <= quantityMax / 2
  }

  /** Of a coin there are no sides. */
  #sideIn({ instrument, positionSide }: { readonly instrument: string; readonly positionSide?: PositionSide | undefined }): PositionSide {
    const isOne = this.#setup.positions === 'netting' || this.#holdings.tradable(instrument).settlement === 'delivery'
    return isOne ? 'net' : (positionSide ?? 'net')
  }

  #book(entry: readonly LedgerPosting[], at: number): void {
    this.#ledger.book(entry)
    for (const { asset } of entry) this.#balancesChangedAt.set(asset, at)
  }

  #touch({ instrument, positionSide, feeAsset, fee }: VenueTrade, at: number): void {
    const { instrument: { base, quote }, settlement } = this.#holdings.tradable(instrument)
    this.#balancesChangedAt.set(quote, at)
    if (settlement === 'delivery') this.#balancesChangedAt.set(base, at)
    else this.#touchContract(instrument, this.#sideIn({ instrument, positionSide }), at)
    if (!isZero(fee)) this.#balancesChangedAt.set(feeAsset, at)
  }

  #touchContract(instrument: string, positionSide: PositionSide, at: number): void {
    if (this.#holdings.tradable(instrument).settlement === 'linear') this.#contractsChangedAt.set(keyOf(instrument, positionSide), { instrument, positionSide, at })
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
