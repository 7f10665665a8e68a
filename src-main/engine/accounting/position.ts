import { absolute, add, amountFromRaw, ensureDefined, isLess, isNegative, isZero, lotsFromRaw, minimum, mulDiv, negate, notional, subtract } from '../../base/index.ts'
import type { Amount, Lots, NotionalScale, Ticks } from '../../base/index.ts'
import type { Side } from '../../domain/index.ts'
import { noPieces, piecesOf, queueOf, withHead, withoutHead, withPiece } from './piece-queue.ts'
import type { Piece, PieceQueue } from './piece-queue.ts'

/**
 * A position as a row of pieces that were opened, oldest first. It must never lose or invent a minor unit of cost.
 * Invariants: 1 the pieces sum to the lots and the cost of the position; 2 what a close releases and what stays add up to what was there: a partial close rounds
 * half to even, and the remainder stays; 3 a fill through zero is a close and an open, and the money of the two is the money of the fill;
 * 4 what has no known cost gets that of the next fill, once.
 */
export type LotMethod = 'fifo' | 'average'

export interface PositionState {
  /** Signed. */
  readonly lots: Lots
  readonly pieces: PieceQueue
  /** Of all pieces: a magnitude, in the quote currency. */
  readonly cost: Amount
  /** Profit of what was closed, before fees and funding. */
  readonly realised: Amount
  /** How many of the pieces have no known cost. */
  readonly untold: number
}

/** The same as plain data. */
export interface PositionRecord {
  readonly lots: Lots
  readonly pieces: readonly Piece[]
  readonly realised: Amount
}

export interface PositionFill {
  readonly side: Side
  readonly lots: Lots
  readonly price: Ticks
  /** Where price times quantity was rounded as a part of something larger. */
  readonly cash?: Amount
}

/** What a fill did to a position, in the quote currency. */
export interface PositionChange {
  readonly after: PositionState
  /** Price times quantity of the whole fill. */
  readonly cash: Amount
  /** Cost that lots of unknown cost were given. */
  readonly found: Amount
  readonly opened: Amount
  readonly released: Amount
  readonly realised: Amount
  readonly closedLots: Lots
}

export const noLots = lotsFromRaw(0)
export const noMoney = amountFromRaw(0)
export const flat: PositionState = { lots: noLots, pieces: noPieces, cost: noMoney, realised: noMoney, untold: 0 }

export const stateOf = ({ lots, pieces, realised }: PositionRecord): PositionState => ({
  lots, pieces: queueOf(pieces), cost: pieces.reduce((sum, piece) => add(sum, piece.cost ?? noMoney), noMoney), realised,
  untold: pieces.filter(({ cost }) => cost === undefined).length,
})

export const recordOf = ({ lots, pieces, realised }: PositionState): PositionRecord => ({ lots, pieces: piecesOf(pieces), realised })

interface Priced {
  readonly state: PositionState
  readonly found: Amount
}

/** What was there before we looked, or came without a trade, costs what the first trade after it paid. */
const withKnownCost = (state: PositionState, price: Ticks, scale: NotionalScale, method: LotMethod): Priced => {
  if (state.untold === 0) return { state, found: noMoney }
  let found = noMoney
  const pieces = piecesOf(state.pieces).map((piece) => {
    if (piece.cost !== undefined) return piece
    const cost = notional(price, piece.lots, scale, 'halfEven')
    found = add(found, cost)
    return { lots: piece.lots, cost }
  })
  const cost = add(state.cost, found)
  const merged = method === 'average' ? [{ lots: absolute(state.lots), cost }] : pieces
  return { state: { ...state, pieces: queueOf(merged), cost, untold: 0 }, found }
}

const opened = (pieces: PieceQueue, lots: Lots, cost: Amount, method: LotMethod): PieceQueue => {
  const { head } = pieces
  if (method === 'fifo' || head === undefined) return withPiece(pieces, { lots, cost })
  return withHead(pieces, { lots: add(head.lots, lots), cost: add(head.cost ?? noMoney, cost) })
}

interface Closed {
  readonly left: PieceQueue
  readonly released: Amount
  /** Lots and pieces among them that had no known cost. */
  readonly untoldLots: Lots
  readonly untoldPieces: number
}

const closed = (pieces: PieceQueue, lots: Lots): Closed => {
  let [left, wanted, released, untoldLots, untoldPieces] = [pieces, lots, noMoney, noLots, 0]
  while (!isZero(wanted)) {
    const piece = ensureDefined(left.head, 'the lots of a position in its pieces')
    const isWhole = !isLess(wanted, piece.lots)
    const taken = isWhole ? piece.lots : wanted
    if (piece.cost === undefined) {
      untoldLots = add(untoldLots, taken)
      if (isWhole) untoldPieces += 1
    }
    const part = piece.cost === undefined || isWhole ? piece.cost : mulDiv(piece.cost, taken, piece.lots, 'halfEven')
    released = add(released, part ?? noMoney)
    wanted = subtract(wanted, taken)
    const rest = piece.cost === undefined || part === undefined ? undefined : subtract(piece.cost, part)
    left = isWhole ? withoutHead(left) : withHead(left, { lots: subtract(piece.lots, taken), cost: rest })
  }
  return { left, released, untoldLots, untoldPieces }
}

/** What left a position without being traded in it. */
export interface Taking {
  readonly after: PositionState
  readonly released: Amount
  readonly untoldLots: Lots
}

/** The oldest lots go, with their cost; the sign is the position's. */
export const afterTaking = (before: PositionState, lots: Lots): Taking => {
  const { left, released, untoldLots, untoldPieces } = closed(before.pieces, lots)
  const rest = isNegative(before.lots) ? add(before.lots, lots) : subtract(before.lots, lots)
  return { after: { ...before, lots: rest, pieces: left, cost: subtract(before.cost, released), untold: before.untold - untoldPieces }, released, untoldLots }
}

/** Signed lots on the same side, at a cost or at none that is known. */
export const afterGiving = (before: PositionState, signed: Lots, cost: Amount | undefined, method: LotMethod): PositionState => {
  const piece = { lots: absolute(signed), cost }
  const pieces = cost === undefined ? withPiece(before.pieces, piece) : opened(before.pieces, piece.lots, cost, method)
  return { ...before, lots: add(before.lots, signed), pieces, cost: add(before.cost, cost ?? noMoney), untold: before.untold + (cost === undefined ? 1 : 0) }
}

/** The position after a fill, and what it did. */
export const afterFill = (before: PositionState, fill: PositionFill, scale: NotionalScale, method: LotMethod): PositionChange => {
  const { state, found } = withKnownCost(before, fill.price, scale, method)
  const cash = fill.cash ?? notional(fill.price, fill.lots, scale, 'halfEven')
  const signed = fill.side === 'buy' ? fill.lots : negate(fill.lots)
  const isClosing = !isZero(state.lots) && isNegative(state.lots) !== isNegative(signed)
  const closedLots = isClosing ? minimum(absolute(state.lots), fill.lots) : noLots
  const proceeds = isZero(closedLots) ? noMoney : mulDiv(cash, closedLots, fill.lots, 'halfEven')
  const { left, released } = closed(state.pieces, closedLots)
  const gain = subtract(proceeds, released)
  const realised = isNegative(state.lots) ? negate(gain) : gain
  const openedLots = subtract(fill.lots, closedLots)
  const openedCost = subtract(cash, proceeds)
  const pieces = isZero(openedLots) ? left : opened(left, openedLots, openedCost, method)
  const cost = add(subtract(state.cost, released), openedCost)
  const after = { lots: add(state.lots, signed), pieces, cost, realised: add(state.realised, realised), untold: 0 }
  return { after, cash, found, opened: openedCost, released, realised, closedLots }
}
