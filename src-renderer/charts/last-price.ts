import { LineStyle, type IPriceLine, type ISeriesApi, type ISeriesPrimitive, type ISeriesPrimitiveAxisView, type SeriesType, type Time } from 'lightweight-charts'
import type { ChartColours } from './chart-colours.ts'

interface LastPriceFacts {
  readonly ticks: number | undefined
  readonly price: string
  /** How long the bar still takes; empty where it is not known or does not matter. */
  readonly countdown: string
}

const rowPx = 15

/** The dotted line of the last price, its tag on the scale, and under it how long the bar still takes. */
export class LastPrice implements ISeriesPrimitive<Time> {
  #facts: LastPriceFacts = { ticks: undefined, price: '', countdown: '' }
  #colours: ChartColours
  readonly #series: ISeriesApi<SeriesType>
  #line: IPriceLine | undefined
  #requestUpdate: (() => void) | undefined
  readonly #views: readonly ISeriesPrimitiveAxisView[]

  constructor(series: ISeriesApi<SeriesType>, colours: ChartColours) {
    this.#series = series
    this.#colours = colours
    this.#views = [
      this.#tag(0, () => this.#facts.price, () => this.#facts.ticks !== undefined),
      this.#tag(rowPx, () => this.#facts.countdown, () => this.#facts.countdown !== ''),
    ]
  }

  attached({ requestUpdate }: { readonly requestUpdate: () => void }): void {
    this.#requestUpdate = requestUpdate
  }

  detached(): void {
    this.#requestUpdate = undefined
  }

  priceAxisViews(): readonly ISeriesPrimitiveAxisView[] {
    return this.#views
  }

  paint(colours: ChartColours): void {
    this.#colours = colours
    this.#line?.applyOptions({ color: colours.softInk })
  }

  show(facts: LastPriceFacts): void {
    const before = this.#facts
    if (before.ticks === facts.ticks && before.countdown === facts.countdown && before.price === facts.price) return
    this.#facts = facts
    if (facts.ticks === undefined) this.#dropLine()
    else this.#placeLine(facts.ticks)
    this.#requestUpdate?.()
  }

  #placeLine(ticks: number): void {
    if (this.#line === undefined) {
      const color = this.#colours.softInk
      this.#line = this.#series.createPriceLine({ price: ticks, color, lineWidth: 1, lineStyle: LineStyle.Dotted, axisLabelVisible: false, title: '' })
    } else if (this.#line.options().price !== ticks) this.#line.applyOptions({ price: ticks })
  }

  #dropLine(): void {
    if (this.#line !== undefined) this.#series.removePriceLine(this.#line)
    this.#line = undefined
  }

  #tag(below: number, text: () => string, isShown: () => boolean): ISeriesPrimitiveAxisView {
    const y = (): number => {
      const { ticks } = this.#facts
      return (ticks === undefined ? null : this.#series.priceToCoordinate(ticks)) ?? -1_000
    }
    return {
      // Fixed, so that the two rows stay together.
      coordinate: () => -1_000,
      fixedCoordinate: () => y() + below,
      text,
      textColor: () => this.#colours.inverse,
      backColor: () => this.#colours.ink,
      visible: isShown,
      tickVisible: () => false,
    }
  }
}
