import { beforeEach, describe, expect, it } from 'vitest'
import type { QuoteView } from '../../../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../../../../src-renderer/bridge/screen-bridge.ts'
import { emptyBook, undone, withChanged, withDrawing } from '../../../../src-renderer/charts/drawings/drawing-book.ts'
import type { Drawing } from '../../../../src-renderer/charts/drawings/drawing.ts'
import { changeDrawings, drawingBook } from '../../../../src-renderer/stores/chart-drawings.ts'
import { dismissPriceNote, followPriceAlerts, usePriceNotes } from '../../../../src-renderer/stores/price-alerts.ts'

type Told = { readonly quotes: readonly QuoteView[] }

/** An engine that tells quotes when it is asked to, and counts who listens. */
function openMarket() {
  const readers = new Set<(told: Told) => void>()
  const bridge = {
    watch: (name: string, _input: unknown, listener: { readonly snapshot: (told: Told) => void }) => {
      if (name === 'market.quotes') readers.add(listener.snapshot)
      return () => readers.delete(listener.snapshot)
    },
  } as unknown as ScreenBridge
  const tell = (instrument: string, last: number, state: QuoteView['state'] = 'live'): void => {
    const quote = { instrument, state, at: last, last, dayLow: 1, dayHigh: 1_000 } as unknown as QuoteView
    for (const read of readers) read({ quotes: [quote] })
  }
  return { bridge, tell, readers }
}

const alertAt = (id: string, ticks: number): Drawing => ({ id, kind: 'alert', anchors: [{ time: 1, ticks }], words: '' })
const draw = (instrument: string, ...drawings: readonly Drawing[]): void => changeDrawings(instrument, () => ({ ...emptyBook, drawings }))
const told = (): readonly string[] => usePriceNotes.getState().notes.map(({ id }) => id)

describe('price alerts of a window', () => {
  beforeEach(() => {
    usePriceNotes.setState({ notes: [] })
    for (const instrument of ['BTC/USD', 'ETH/USD']) draw(instrument)
  })

  it('tell once when their price is reached, though no chart is open, and stay as a level', () => {
    const { bridge, tell } = openMarket()
    const end = followPriceAlerts(bridge)
    draw('BTC/USD', alertAt('a', 105), alertAt('b', 150))
    for (const last of [100, 104, 106, 104, 106]) tell('BTC/USD', last)
    expect(usePriceNotes.getState().notes).toMatchObject([{ id: 'a', instrument: 'BTC/USD', ticks: 105 }])
    expect(drawingBook('BTC/USD').drawings.map(({ kind }) => kind)).toEqual(['level', 'alert'])
    dismissPriceNote('a')
    expect(told()).toEqual([])
    end()
  })

  it('listen to the market only while there are any', () => {
    const { bridge, readers } = openMarket()
    const end = followPriceAlerts(bridge)
    expect(readers.size).toBe(0)
    draw('ETH/USD', alertAt('a', 5))
    expect(readers.size).toBe(1)
    draw('ETH/USD')
    expect(readers.size).toBe(0)
    draw('ETH/USD', alertAt('a', 5))
    end()
    expect(readers.size).toBe(0)
  })

  it('take no price for reached that is crossed or old', () => {
    const { bridge, tell } = openMarket()
    const end = followPriceAlerts(bridge)
    draw('BTC/USD', alertAt('a', 105))
    tell('BTC/USD', 100)
    tell('BTC/USD', 110, 'crossed')
    tell('BTC/USD', 110, 'stale')
    expect(told()).toEqual([])
    tell('BTC/USD', 111)
    expect(told()).toEqual(['a'])
    end()
  })

  it('keep to the newest few, so that they cover no desk', () => {
    const { bridge, tell } = openMarket()
    const end = followPriceAlerts(bridge)
    draw('BTC/USD', ...[101, 102, 103, 104, 105, 106].map((ticks) => alertAt(`at-${ticks}`, ticks)))
    tell('BTC/USD', 100)
    tell('BTC/USD', 110)
    expect(told()).toEqual(['at-103', 'at-104', 'at-105', 'at-106'])
    end()
  })

  it('do not come to life again when what was drawn before is taken back, nor does their telling count as a step', () => {
    const { bridge, tell } = openMarket()
    const end = followPriceAlerts(bridge)
    draw('BTC/USD', alertAt('a', 150))
    changeDrawings('BTC/USD', (book) => withChanged(book, alertAt('a', 105)))
    changeDrawings('BTC/USD', (book) => withDrawing(book, alertAt('b', 900)))
    tell('BTC/USD', 100)
    tell('BTC/USD', 110)
    expect(told()).toEqual(['a'])
    expect(drawingBook('BTC/USD').past).toHaveLength(2)
    for (const drawings of [['a level 105'], ['a level 150']]) {
      changeDrawings('BTC/USD', undone)
      expect(drawingBook('BTC/USD').drawings.map(({ id, kind, anchors }) => `${id} ${kind} ${anchors[0]?.ticks}`)).toEqual(drawings)
    }
    end()
  })
})
