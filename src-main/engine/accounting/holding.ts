import { absolute, add, ensureDefined, isLess, isNegative, isZero, lotsFromRaw, minimum, mulDiv, negate, notional, rawOf, subtract } from '../../base/index.ts'
import type { Amount, Lots, Ticks } from '../../base/index.ts'
import type { Tradable, VenueTrade } from '../../domain/index.ts'
import { coinLots, lotsOfUnits, onCoinGrid } from './coin-grid.ts'
import { costTo, fillPostings, lentPostings } from './fill-postings.ts'
import type { LedgerAccount, LedgerPosting } from './ledger.ts'
import { afterFill, afterGiving, afterTaking, flat, noLots, noMoney } from './position.ts'
import type { LotMethod, PositionState } from './position.ts'
import { afterSplit, splitPostings } from './split.ts'
import type { Split } from './split.ts'

/**
 * What is held of one coin, in all the pairs that deliver it, or one position in a contract alone. It must never show a coin that the wallet does not hold.
 * Invariants: 1 the units of all pairs of a coin add up to what the wallet holds of it; 2 no pair is long while another one is short: what is sold beyond a pair's
 * own lots is taken from the others, in their order, the oldest lots first, at what they cost; 3 a coin that leaves without a trade takes its cost with it, to
 * where it went.
 */
export type Holding = readonly PositionState[]

/** The pairs of one coin in the order in which they are set up, or one contract. */
export interface HoldingForm {
  readonly tradables: readonly Tradable[]
  /** The same on the grid of the coin. */
  readonly pairs: readonly Tradable[]
  /** Of a contract none. */
  readonly coin: string | undefined
  readonly method: LotMethod
}

export interface HoldingChange {
  readonly after: Holding
  readonly postings: readonly LedgerPosting[]
}

export const formOf = (tradables: readonly Tradable[], coin: string | undefined, method: LotMethod): HoldingForm =>
  ({ tradables, pairs: tradables.map(onCoinGrid), coin, method })

export const nothingHeld = ({ pairs }: HoldingForm): Holding => pairs.map(() => flat)

const withState = (holding: Holding, place: number, state: PositionState): Holding => holding.map((each, index) => (index === place ? state : each))

/** Opposite in sign, and neither of them nothing. */
const areOpposite = (left: Lots, right: Lots): boolean => !isZero(left) && !isZero(right) && isNegative(left) !== isNegative(right)

interface Lent extends HoldingChange {
  readonly lots: Lots
  readonly untoldLots: Lots
}

/** Up to so many lots of the other pairs go against `signed`, and their cost with them. */
const lentBy = (holding: Holding, form: HoldingForm, signed: Lots, except: number, to: LedgerAccount): Lent => {
  let [after, left, untoldLots] = [holding, absolute(signed), noLots]
  const postings: LedgerPosting[] = []
  for (const [place, state] of holding.entries()) {
    const pair = form.pairs[place]
    if (place === except || pair === undefined || isZero(left) || !areOpposite(state.lots, signed)) continue
    const size = minimum(left, absolute(state.lots))
    const taking = afterTaking(state, size)
    postings.push(...costTo(to, pair, isNegative(state.lots) ? negate(taking.released) : taking.released))
    after = withState(after, place, taking.after)
    untoldLots = add(untoldLots, taking.untoldLots)
    left = subtract(left, size)
  }
  return { after, postings, lots: subtract(absolute(signed), left), untoldLots }
}

/** What is beyond the pair's own lots comes from the other pairs before it opens anything. */
const beyondOwn = (own: Lots, signed: Lots): Lots => {
  if (isZero(own)) return signed
  if (!areOpposite(own, signed)) return noLots
  return isLess(absolute(own), absolute(signed)) ? add(signed, own) : noLots
}

export const fillHolding = (before: Holding, form: HoldingForm, trade: VenueTrade): HoldingChange => {
  const place = form.tradables.findIndex(({ instrument }) => instrument.id === trade.instrument)
  const own = ensureDefined(before[place], 'the position that a trade moves')
  const pair = ensureDefined(form.pairs[place], 'the pair of a trade')
  const size = coinLots(ensureDefined(form.tradables[place], 'the instrument of a trade'), trade.lots)
  const signed = trade.side === 'buy' ? size : negate(size)
  const lent = lentBy(before, form, beyondOwn(own.lots, signed), place, 'exchanged')
  const cash = notional(trade.price, size, pair.scale, 'halfEven')
  const lentCash = isZero(lent.lots) ? noMoney : mulDiv(cash, lent.lots, size, 'halfEven')
  const untoldCash = isZero(lent.untoldLots) ? noMoney : mulDiv(lentCash, lent.untoldLots, lent.lots, 'halfEven')
  const ownFill = { side: trade.side, lots: subtract(size, lent.lots), price: trade.price, cash: subtract(cash, lentCash) }
  const change = afterFill(own, ownFill, pair.scale, form.method)
  const traded = {
    after: withState(lent.after, place, change.after),
    postings: [
      ...fillPostings(own, change, ownFill, pair), ...lentPostings(trade.side, { lots: lent.lots, cash: lentCash, untoldCash }, pair), ...lent.postings,
    ],
  }
  return form.coin === trade.feeAsset ? withMove(traded, form, { amount: negate(trade.fee), account: 'fees' }, { place, price: trade.price }) : traded
}

/** A coin that came or went without being traded in a pair of its own. */
export interface CoinMove {
  /** Signed, as the wallet sees it. */
  readonly amount: Amount
  /** Where it came from or went to. */
  readonly account: LedgerAccount
}

interface MoveOf {
  /** The pair in whose trade it was. */
  readonly place: number
  readonly price: Ticks
}

/** Only what became of the cost is posted: who moves the coin books the coin. */
export const moveHolding = (before: Holding, form: HoldingForm, { amount, account }: CoinMove, of?: MoveOf): HoldingChange => {
  const signed = lotsOfUnits(amount)
  const place = of?.place ?? 0
  const own = ensureDefined(before[place], 'a position of the coin')
  const pair = ensureDefined(form.pairs[place], 'a pair of the coin')
  if (isZero(signed)) return { after: before, postings: [] }
  const first = lentBy([own], { ...form, pairs: [pair] }, signed, -1, account)
  const beyond = subtract(signed, signedAs(signed, first.lots))
  const others = lentBy(withState(before, place, first.after[0] ?? own), form, beyond, place, account)
  const rest = subtract(beyond, signedAs(signed, others.lots))
  const postings = [...first.postings, ...others.postings]
  if (isZero(rest)) return { after: others.after, postings }
  const cost = of === undefined ? undefined : notional(of.price, absolute(rest), pair.scale, 'halfEven')
  const given = afterGiving(others.after[place] ?? flat, rest, cost, form.method)
  const found = cost ?? noMoney
  return { after: withState(others.after, place, given), postings: [...postings, ...costTo(account, pair, isNegative(rest) ? found : negate(found))] }
}

const signedAs = (signed: Lots, size: Lots): Lots => (isNegative(signed) ? negate(size) : size)

const withMove = ({ after, postings }: HoldingChange, form: HoldingForm, move: CoinMove, of: MoveOf): HoldingChange => {
  const moved = moveHolding(after, form, move, of)
  return { after: moved.after, postings: [...postings, ...moved.postings] }
}

export const splitHolding = (before: Holding, form: HoldingForm, split: Split): HoldingChange => {
  const after = before.map((state) => afterSplit(state, split))
  const postings = form.pairs.flatMap((pair, place) => splitPostings(before[place] ?? flat, after[place] ?? flat, pair))
  return { after, postings }
}

/**
 * In lots of each pair. What is less than a lot in one pair may make a lot together with what is less than one in another: it counts in the pair with the
 * smallest lots, so that what can be sold is never in between.
 */
export const wholeLots = (holding: Holding, { tradables, coin }: HoldingForm): readonly Lots[] => {
  if (coin === undefined) return holding.map(({ lots }) => lots)
  const lots = holding.map((state, place) => Math.trunc(rawOf(state.lots) / sizeOf(tradables[place])))
  let rest = 0
  let finest = 0
  for (const [place, state] of holding.entries()) {
    rest += rawOf(state.lots) - (lots[place] ?? 0) * sizeOf(tradables[place])
    if (sizeOf(tradables[place]) < sizeOf(tradables[finest])) finest = place
  }
  const more = Math.trunc(rest / sizeOf(tradables[finest]))
  return lots.map((count, place) => lotsFromRaw((place === finest ? count + more : count) + 0))
}

const sizeOf = (tradable: Tradable | undefined): number => tradable?.baseUnitsPerLot ?? 1

export const totalLots = (holding: Holding): Lots => holding.reduce((sum, { lots }) => add(sum, lots), noLots)
