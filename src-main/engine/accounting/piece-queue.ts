import type { Amount, Lots } from '../../base/index.ts'

export interface Piece {
  /** Magnitudes: the sign is the position's. */
  readonly lots: Lots
  /** None: held before we looked, at a price nobody told. The first fill after it says what it is worth. */
  readonly cost: Amount | undefined
}

/**
 * Pieces in the order in which they were opened, as a value: adding one or taking the oldest leaves the queue before it as it was, and copies nothing.
 * Invariants: 1 a queue never sees what was added to another one; 2 what lies before `from` is dropped before it outweighs what is left.
 */
export interface PieceQueue {
  /** The oldest, which a partial close makes smaller. */
  readonly head: Piece | undefined
  /** The others, from `from` to before `to`. Queues share it, and each looks at its own part only. */
  readonly shelf: Piece[]
  readonly from: number
  readonly to: number
}

export const noPieces: PieceQueue = { head: undefined, shelf: [], from: 0, to: 0 }

/** Too few to be worth a copy. */
const deadMax = 64

export const withPiece = ({ head, shelf, from, to }: PieceQueue, piece: Piece): PieceQueue => {
  if (head === undefined) return { head: piece, shelf: [], from: 0, to: 0 }
  // Somebody else has put his piece there, or half of the shelf is of no more use.
  if (to < shelf.length || (from > deadMax && from * 2 > to)) {
    const own = shelf.slice(from, to)
    own.push(piece)
    return { head, shelf: own, from: 0, to: own.length }
  }
  shelf.push(piece)
  return { head, shelf, from, to: to + 1 }
}

export const withHead = ({ shelf, from, to }: PieceQueue, head: Piece): PieceQueue => ({ head, shelf, from, to })

export const withoutHead = ({ shelf, from, to }: PieceQueue): PieceQueue => (from < to ? { head: shelf[from], shelf, from: from + 1, to } : noPieces)

export const piecesOf = ({ head, shelf, from, to }: PieceQueue): readonly Piece[] => (head === undefined ? [] : [head, ...shelf.slice(from, to)])

export const queueOf = ([head, ...shelf]: readonly Piece[]): PieceQueue => ({ head, shelf, from: 0, to: shelf.length })
