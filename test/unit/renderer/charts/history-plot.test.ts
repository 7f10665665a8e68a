import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drawHistory, scaleEnd, type HistoryPlot } from '../../../../src-renderer/charts/history-plot.ts'

const colours = { line: 'line', measure: 'measure', attention: 'attention', text: 'text' }
const plot = (values: readonly number[], look: HistoryPlot['look'] = 'bars'): HistoryPlot => ({
  values, capacity: 10, look, threshold: 250, scaleAtLeast: 5, printScale: (value) => `${value} ms`,
})

/** Writes down what is drawn instead of drawing it. */
function paper() {
  const points: number[] = []
  const bars: { readonly colour: string; readonly box: readonly number[] }[] = []
  const words: string[] = []
  const strokes: string[] = []
  const context = {
    fillStyle: '', strokeStyle: '', lineWidth: 0, lineJoin: '', textAlign: '',
    clearRect: () => undefined, beginPath: () => undefined, setLineDash: () => undefined,
    stroke: () => void strokes.push(context.strokeStyle),
    moveTo: (x: number, y: number) => void points.push(x, y),
    lineTo: (x: number, y: number) => void points.push(x, y),
    fillRect: (...box: number[]) => void bars.push({ colour: context.fillStyle, box }),
    fillText: (text: string) => void words.push(text),
  }
  // Only what the plot uses.
  return { context: context as unknown as CanvasRenderingContext2D, points, bars, words, strokes }
}

describe('the plot of the last measurements', () => {
  it('has a scale that ends at a round figure no smaller than any measurement', () => {
    expect(scaleEnd([], 5)).toBe(5)
    expect(scaleEnd([3, 12], 5)).toBe(20)
    expect(scaleEnd([-300], 5)).toBe(500)
    expect(scaleEnd([99_999], 5)).toBe(99_999)
  })

  it('draws a bar for each measurement, the newest at the right edge, and lights those past the threshold', () => {
    const { context, bars, words } = paper()
    drawHistory(context, { width: 100, height: 60 }, plot([1, 300]), colours)
    expect(bars.map(({ colour }) => colour)).toEqual(['measure', 'attention'])
    expect(bars.map(({ box }) => box[0])).toEqual([80, 90])
    expect(words).toEqual(['500 ms'])
  })

  it('never draws outside of its frame', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -90_000, max: 90_000, noNaN: true }), { maxLength: 10 }), (values) => {
      for (const look of ['bars', 'line'] as const) {
        const { context, points, bars } = paper()
        drawHistory(context, { width: 100, height: 60 }, plot(look === 'bars' ? values.map(Math.abs) : values, look), colours)
        for (const point of points) expect(point >= 0 && point <= 100.5).toBe(true)
        for (const { box: [x = -1, y = -1, width = 0, height = 0] } of bars) {
          expect(x >= 0 && x + width <= 101 && y >= 0 && y + height <= 60).toBe(true)
        }
      }
    }))
  })
})
