import { describe, expect, it } from 'vitest'
import { amountFromRaw, lotsFromRaw } from '../../../../src-main/base/index.ts'
import { noPieces, piecesOf, queueOf, withHead, withoutHead, withPiece } from '../../../../src-main/engine/accounting/piece-queue.ts'
import type { Piece, PieceQueue } from '../../../../src-main/engine/accounting/piece-queue.ts'

const piece = (n: number): Piece => ({ lots: lotsFromRaw(n), cost: amountFromRaw(n) })
const numbers = (queue: PieceQueue): readonly unknown[] => piecesOf(queue).map(({ lots }) => lots)
const queueTo = (last: number): PieceQueue => Array.from({ length: last }, (_, n) => piece(n + 1)).reduce(withPiece, noPieces)

describe('a queue of pieces', () => {
  it('gives back the oldest first, and is empty after the last', () => {
    let queue = queueTo(3)
    for (const expected of [[1, 2, 3], [2, 3], [3], []]) {
      expect(numbers(queue)).toEqual(expected)
      queue = withoutHead(queue)
    }
    expect(numbers(withoutHead(noPieces))).toEqual([])
  })

  it('never sees what was added to another one', () => {
    const common = queueTo(3)
    const [left, right] = [withPiece(common, piece(10)), withPiece(common, piece(20))]
    expect([numbers(common), numbers(left), numbers(right)]).toEqual([[1, 2, 3], [1, 2, 3, 10], [1, 2, 3, 20]])
    expect(numbers(withPiece(withoutHead(left), piece(11)))).toEqual([2, 3, 10, 11])
    expect(numbers(withHead(right, piece(9)))).toEqual([9, 2, 3, 20])
    expect(numbers(right)).toEqual([1, 2, 3, 20])
  })

  it('drops what is dead before it outweighs what is left', () => {
    let queue = queueTo(10)
    for (let n = 11; n < 5_000; n += 1) {
      queue = withPiece(withoutHead(queue), piece(n))
      expect(queue.shelf.length).toBeLessThan(2 * 10 + 130)
    }
    expect(numbers(queue)).toEqual([4_990, 4_991, 4_992, 4_993, 4_994, 4_995, 4_996, 4_997, 4_998, 4_999])
  })

  it('comes back from plain data', () => {
    expect(numbers(withPiece(queueOf(piecesOf(queueTo(4))), piece(5)))).toEqual([1, 2, 3, 4, 5])
    expect(numbers(queueOf([]))).toEqual([])
    expect(numbers(withPiece(queueOf([]), piece(5)))).toEqual([5])
  })
})
