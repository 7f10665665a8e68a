import type { IPrimitivePaneView, ISeriesPrimitive, SeriesAttachedParameter, Time } from 'lightweight-charts'
import type { Bar } from './bar.ts'
import { xOfPlace } from './time-place.ts'

const dayMs = 86_400_000

/** The numbers of the bars that begin a UTC day. */
export function dayStarts(bars: readonly Pick<Bar, 'time'>[], from: number, to: number): readonly number[] {
  const starts: number[] = []
  for (let nth = Math.max(1, from); nth <= Math.min(to, bars.length - 1); nth++) {
    const day = Math.floor((bars[nth]?.time ?? 0) / dayMs)
    if (day !== Math.floor((bars[nth - 1]?.time ?? 0) / dayMs)) starts.push(nth)
  }
  return starts
}

/** A light line where a day begins, behind everything. */
export class DayLines implements ISeriesPrimitive<Time> {
  isShown = true
  colour = ''
  readonly #bars: () => readonly Bar[]
  #attached: SeriesAttachedParameter<Time> | undefined
  readonly #views: readonly IPrimitivePaneView[]

  constructor(bars: () => readonly Bar[]) {
    this.#bars = bars
    this.#views = [{ zOrder: () => 'bottom', renderer: () => ({ draw: (target) => this.#draw(target) }) }]
  }

  attached(parameters: SeriesAttachedParameter<Time>): void {
    this.#attached = parameters
  }

  detached(): void {
    this.#attached = undefined
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views
  }

  #draw(target: Parameters<NonNullable<ReturnType<IPrimitivePaneView['renderer']>>['draw']>[0]): void {
    const scale = this.#attached?.chart.timeScale()
    const range = scale?.getVisibleLogicalRange()
    if (!this.isShown || scale === undefined || range === undefined || range === null) return
    const starts = dayStarts(this.#bars(), Math.floor(range.from), Math.ceil(range.to))
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      context.strokeStyle = this.colour
      context.lineWidth = 1
      for (const start of starts) {
        // Between the last bar of the one day and the first of the other.
        const x = xOfPlace(scale, start - 0.5)
        if (x === undefined) continue
        context.beginPath()
        context.moveTo(Math.round(x) + 0.5, 0)
        context.lineTo(Math.round(x) + 0.5, mediaSize.height)
        context.stroke()
      }
    })
  }
}
