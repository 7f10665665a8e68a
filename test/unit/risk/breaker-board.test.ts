import { describe, expect, it } from 'vitest'
import { BreakerBoard, breakers } from '../../../src-main/risk/index.ts'

const createBoard = (): BreakerBoard => new BreakerBoard(['a', 'b'], ['BTC', 'ETH'])

/** What stops each pair of account and instrument. */
const stopped = (board: BreakerBoard): Readonly<Record<string, readonly string[]>> => Object.fromEntries(
  ['a', 'b'].flatMap((account) => ['BTC', 'ETH'].map((instrument) =>
    [`${account} ${instrument}`, board.names(board.stopping(board.accountPlace(account), board.instrumentPlace(instrument)))])),
)

describe('the board of breakers', () => {
  it('stops nothing while none is open', () => {
    expect(Object.values(stopped(createBoard())).flat()).toEqual([])
  })

  it('stops what a breaker is about: everything, an account, or an instrument', () => {
    const board = createBoard()
    board.open('stale', { instrument: 'BTC' })
    board.open('daily-loss', { account: 'b' })
    expect(stopped(board)).toEqual({ 'a BTC': ['stale'], 'a ETH': [], 'b BTC': ['daily-loss', 'stale'], 'b ETH': ['daily-loss'] })
    board.open('clock', {})
    expect(stopped(board)).toMatchObject({ 'a ETH': ['clock'] })
  })

  it('closes one breaker and leaves the others, wherever they are', () => {
    for (const closed of breakers) {
      const board = createBoard()
      for (const breaker of breakers) board.open(breaker, { account: 'a' })
      board.open(closed, {})
      board.close(closed, { account: 'a' })
      expect(stopped(board)).toMatchObject({ 'a BTC': breakers, 'b BTC': [closed] })
      board.close(closed, {})
      expect(stopped(board)).toMatchObject({ 'a BTC': breakers.filter((breaker) => breaker !== closed), 'b BTC': [] })
    }
  })

  it('opened twice is closed once', () => {
    const board = createBoard()
    board.open('venue', { account: 'a' })
    board.open('venue', { account: 'a' })
    board.close('venue', { account: 'a' })
    expect(stopped(board)).toMatchObject({ 'a BTC': [] })
  })

  it('stops what is not on it, and refuses to be asked for it by name', () => {
    const board = createBoard()
    expect(board.stopping(99, 3)).toBe(-1)
    expect(() => board.accountPlace('c')).toThrow('the account on the board of breakers')
    expect(() => board.open('key', { instrument: 'XRP' })).toThrow('the instrument on the board of breakers')
    expect(() => board.open('key', { account: 'a', instrument: 'BTC' })).toThrow('not of both')
  })
})
