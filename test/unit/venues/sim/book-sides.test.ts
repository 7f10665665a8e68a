import { describe, expect, it } from 'vitest'
import { createRandom, ensureDefined } from '../../../../src-main/base/index.ts'
import { bookDepth, BookSides } from '../../../../src-main/venues/sim/book-sides.ts'
import { demoInstruments } from '../../../../src-main/venues/sim/demo-instruments.ts'
import { Noise } from '../../../../src-main/venues/sim/noise.ts'

/** A book whose every change is checked by what was told so far. */
const checkedBook = (around: number, seed = 1) => {
  const traits = ensureDefined(demoInstruments[0], 'a demo instrument')
  const [bids, asks] = [new Map<number, number>(), new Map<number, number>()]
  const faults: string[] = []
  const book = new BookSides(traits, new Noise(createRandom(seed)), (isBid, price, size) => {
    const levels = isBid ? bids : asks
    if (size > 0) levels.set(price, size)
    else levels.delete(price)
    if (bids.size === 0 || asks.size === 0) faults.push(`a side is empty after ${price}`)
    if (Math.max(...bids.keys()) >= Math.min(...asks.keys())) faults.push(`crossed after ${price}`)
  })
  book.start(around)
  book.bids.prices.forEach((price, at) => bids.set(price, book.bids.sizes[at] ?? 0))
  book.asks.prices.forEach((price, at) => asks.set(price, book.asks.sizes[at] ?? 0))
  return { book, faults, bids, asks }
}

describe('the book of the demo market’s makers', () => {
  it('gives way to a price far beyond all its own, up and down, without an empty side or a crossed moment', () => {
    for (const [isBuyer, price] of [[true, 800_000], [false, 800_000], [true, 400_000], [false, 400_000]] as const) {
      const { book, faults, bids, asks } = checkedBook(600_000)
      let best = 0
      book.trade(isBuyer, price, 7, () => {
        best = isBuyer ? Math.min(...asks.keys()) : Math.max(...bids.keys())
      })
      expect(best).toBe(price)
      expect(faults).toEqual([])
      expect([bids.size, asks.size]).toEqual([bookDepth, bookDepth])
    }
  })

  it('shows at least what is traded, and takes exactly that out', () => {
    const { book, faults, asks } = checkedBook(600_000)
    const price = ensureDefined(book.asks.prices[0], 'a best ask')
    let shown = 0
    book.trade(true, price, 50_000_000, () => {
      shown = asks.get(price) ?? 0
    })
    expect(shown).toBeGreaterThanOrEqual(50_000_000)
    expect(asks.get(price) ?? 0).toBe(shown - 50_000_000)
    expect(faults).toEqual([])
  })

  it('takes the price out where a trade took all there was', () => {
    const { book, faults, bids } = checkedBook(600_000)
    const [price, size] = [ensureDefined(book.bids.prices[0], 'a best bid'), ensureDefined(book.bids.sizes[0], 'its size')]
    book.trade(false, price, size, () => {})
    expect(bids.has(price)).toBe(false)
    expect(bids.size).toBe(bookDepth)
    expect(faults).toEqual([])
  })

  it('always says something when it stirs, and stays whole near the lowest price there can be', () => {
    const { book, faults, bids } = checkedBook(30, 3)
    for (let time = 0; time < 2000; time += 1) {
      const before = JSON.stringify([book.bids, book.asks])
      book.stir()
      expect(JSON.stringify([book.bids, book.asks])).not.toBe(before)
    }
    expect(faults).toEqual([])
    expect(Math.min(...bids.keys())).toBeGreaterThanOrEqual(1)
  })
})
