import type { ScreenBridge } from '../../bridge/screen-bridge.ts'
import { liveBars, liveBarsMax, type BarWindow } from '../../charts/bar-window.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { cancelTurn, planTurn, type TurnTaker } from '../../charts/chart-turns.ts'
import { PriceChart } from '../../charts/price-chart.ts'
import { lacksDay } from '../../charts/studies/vwap.ts'
import { barEnd, frameLengthMs } from '../../charts/timeframes.ts'
import { CandleFeed } from '../../stores/candles.ts'
import { marketClock, useFeed } from '../../stores/market-feed.ts'
import { holdQuotes, onQuotes } from '../../stores/market-quotes.ts'
import { onLooks } from '../../theme/on-looks.ts'
import { onTick } from '../../ui/ticker.ts'
import { ChartDrawings } from './chart-drawings.ts'
import { ChartLegend } from './chart-legend.ts'
import { hearChartQuote } from './chart-quote.ts'
import { ChartOrders } from './chart-orders.ts'
import { ChartReplay } from './chart-replay.ts'
import { ChartTravel } from './chart-travel.ts'
import { ComparedFeed } from './compared-feed.ts'
import { countdownText } from './countdown-text.ts'
import type { ChartStore } from './chart-facts.ts'

export interface ChartSessionParts {
  readonly bridge: ScreenBridge
  readonly host: HTMLElement
  readonly legend: HTMLElement
  readonly facts: ChartStore
  readonly looks: ChartLooks
  /** The letters of open, high, low, close and volume. */
  readonly names: readonly string[]
}

/** So many bars before an edge of the window comes into sight, the next page is asked for. */
const pageAhead = 150

/** One chart that is on the screen: its bars, its drawing, its replay. Lives as long as instrument and timeframe stay. */
export class ChartSession implements TurnTaker {
  readonly chart: PriceChart
  readonly feed: CandleFeed
  readonly orders: ChartOrders
  readonly drawings: ChartDrawings
  readonly replay: ChartReplay
  readonly travel: ChartTravel
  readonly #legend: ChartLegend
  readonly #parts: ChartSessionParts
  readonly #endings: (() => void)[]
  #compared: ComparedFeed | undefined
  #shown: BarWindow
  /** From this bar on the chart is behind; undefined: it is not. */
  #pending: number | undefined
  #isAwake = false
  #releaseQuotes: (() => void) | undefined

  constructor(parts: ChartSessionParts) {
    const { bridge, host, legend, facts, looks } = parts
    this.#parts = parts
    this.chart = new PriceChart(host, looks)
    this.feed = new CandleFeed({
      bridge, instrument: looks.instrument.id, timeframe: looks.frame,
      now: marketNow,
      onWindow: (window) => this.#takeWindow(window),
      onLive: (window, from) => this.#takeLive(window, from),
      onPhase: (phase) => facts.setState({ phase }),
    })
    this.#shown = this.feed.window
    this.#legend = new ChartLegend(legend, this.chart, parts.names)
    // Before the drawings: what money hangs on is taken first where both lie.
    this.orders = new ChartOrders({ bridge, host, chart: this.chart, facts })
    this.drawings = new ChartDrawings({ host, chart: this.chart, facts })
    this.replay = new ChartReplay({
      feed: this.feed, facts,
      onWindow: (window) => this.#show(window),
      onBars: (window, from) => this.#plan(window, from),
    })
    this.travel = new ChartTravel({ chart: this.chart, feed: this.feed, replay: this.replay, bars: () => this.#shown.bars, arrived: () => this.#lookAround() })
    this.chart.onVisible(() => this.#lookAround())
    this.chart.onCrosshair((nth) => this.#legend.pointAt(nth))
    const sizes = new ResizeObserver(() => this.#notice())
    sizes.observe(host)
    this.#endings = [
      () => sizes.disconnect(),
      onLooks(() => this.#repaint()),
      onTick(() => this.#tick()),
      onQuotes(() => hearChartQuote(facts, this.chart.looks.instrument.id)),
    ]
    this.#notice()
    this.#compare()
  }

  dispose(): void {
    this.#sleep()
    cancelTurn(this)
    for (const end of this.#endings) end()
    this.#compared?.dispose()
    // No sign of a replay may stay over a chart that goes on live.
    this.replay.end()
    this.orders.dispose()
    this.drawings.dispose()
    this.chart.dispose()
  }

  dress(looks: ChartLooks): void {
    if (looks === this.chart.looks) return
    const other = this.chart.looks.compared?.id !== looks.compared?.id
    this.chart.dress(looks)
    this.orders.refresh()
    this.drawings.refresh()
    if (other) this.#compare()
    else void this.#compared?.cover(this.#shown.bars)
    this.#legend.refresh(this.#shown.bars)
    this.#tick()
    // Another study may need more of the past than is held.
    this.#lookAround()
  }

  takeTurn(): void {
    const from = this.#pending
    this.#pending = undefined
    if (from === undefined || !this.#isAwake) return
    this.chart.update(this.#shown.bars, from)
    this.#legend.refresh(this.#shown.bars)
    this.#showLast()
    // The library tells of no move where the bars came to the place that it looks at.
    this.#tellPresent()
    if (this.replay.isOn) return
    const seen = this.chart.visible()
    const { length } = this.#shown.bars
    if (length > liveBarsMax && !this.#needsDay(length - liveBars) && this.chart.isAtEdge() && seen !== undefined && seen.from > length - liveBars + pageAhead) this.feed.trim()
  }

  startReplay(): Promise<void> {
    const seen = this.chart.visible()
    const bars = this.#shown.bars
    const nth = seen === undefined ? bars.length - 1 : Math.round((seen.from + Math.min(seen.to, bars.length - 1)) / 2)
    const bar = bars[Math.max(1, Math.min(nth, bars.length - 1))]
    return bar === undefined ? Promise.resolve() : this.replay.begin(bar.time)
  }

  endReplay(): void {
    this.replay.end()
    this.#show(this.feed.window)
    this.chart.scrollToEdge()
  }

  /** Whether a figure is shown that counts from the day's beginning, and a window that begins with this bar lacks it. */
  #needsDay(firstBar: number): boolean {
    const { studies } = this.chart.looks
    return studies.includes('vwap') && lacksDay(this.#shown.bars, firstBar, this.#frameMs())
  }

  #frameMs(): number {
    return frameLengthMs(this.chart.looks.frame)
  }

  #takeWindow(window: BarWindow): void {
    if (!this.replay.isOn) this.#show(window)
  }

  #takeLive(window: BarWindow, from: number): void {
    if (!this.replay.isOn) this.#plan(window, from)
  }

  #plan(window: BarWindow, from: number): void {
    this.#shown = window
    this.#pending = Math.min(this.#pending ?? from, from)
    if (this.#isAwake) planTurn(this)
  }

  #show(window: BarWindow): void {
    this.#shown = window
    this.#pending = undefined
    this.chart.show(window.bars)
    this.#parts.facts.setState({ hasBars: window.bars.length > 0 })
    void this.#compared?.cover(window.bars)
    this.#legend.refresh(window.bars)
    this.#showLast()
    this.#lookAround()
  }

  #lookAround(): void {
    const seen = this.chart.visible()
    const { bars, hasOlder, hasNewer } = this.#shown
    const isEmpty = bars.length === 0
    this.#tellKeptFrom(isEmpty ? 0 : (seen?.from ?? 0))
    this.#tellPresent()
    if (seen === undefined || isEmpty) return
    if (this.replay.isOn || !this.#isAwake || this.drawings.isBusy || this.travel.isUnderWay) return
    if (hasOlder && (seen.from < pageAhead || this.#needsDay(0))) void this.feed.loadOlder()
    else if (seen.to > bars.length - pageAhead && hasNewer) void this.feed.loadNewer()
  }

  #tellPresent(): void {
    const { facts } = this.#parts
    const { bars, hasNewer } = this.#shown
    const isAtPresent = !hasNewer && (bars.length === 0 || this.chart.isAtEdge())
    if (facts.getState().isAtPresent !== isAtPresent) facts.setState({ isAtPresent })
  }

  #tellKeptFrom(firstSeen: number): void {
    const keptFrom = firstSeen <= 0 && !this.replay.isOn ? this.feed.keptFrom : undefined
    const { facts } = this.#parts
    if (facts.getState().keptFrom !== keptFrom) facts.setState({ keptFrom })
  }

  /** A panel behind a tab has no size: it asks for nothing and draws nothing until it is seen again. */
  #notice(): void {
    const { clientWidth, clientHeight } = this.#parts.host
    if (clientWidth > 0 && clientHeight > 0) this.#wake()
    else this.#sleep()
  }

  #wake(): void {
    if (this.#isAwake) return
    this.#isAwake = true
    // Made outside of the page, where no token has a value yet.
    this.#repaint()
    this.#releaseQuotes = holdQuotes(this.#parts.bridge)
    this.orders.wake()
    this.feed.start()
    // Others may have heard it long ago, and of a market that is down nothing more is heard.
    hearChartQuote(this.#parts.facts, this.chart.looks.instrument.id)
  }

  #sleep(): void {
    if (!this.#isAwake) return
    this.#isAwake = false
    this.orders.sleep()
    this.feed.stop()
    this.replay.pause()
    this.#releaseQuotes?.()
    this.#releaseQuotes = undefined
  }

  #repaint(): void {
    this.chart.repaint()
    this.#legend.refresh(this.#shown.bars)
  }

  #compare(): void {
    this.#compared?.dispose()
    const { compared, frame } = this.chart.looks
    const { bridge, facts } = this.#parts
    facts.setState({ comparedError: undefined })
    this.#compared = compared === undefined ? undefined : new ComparedFeed({
      bridge, chart: this.chart, instrument: compared, timeframe: frame, now: marketNow, shown: () => this.#shown.bars,
      onTrouble: (error) => (facts.getState().comparedError === error ? undefined : facts.setState({ comparedError: error })),
    })
    void this.#compared?.cover(this.#shown.bars)
  }

  #tick(): void {
    if (this.#isAwake) this.#showLast()
  }

  #showLast(): void {
    const last = this.#shown.bars.at(-1)
    const isNow = !this.replay.isOn && !this.#shown.hasNewer
    const { view, heardAt } = useFeed.getState()
    const clock = isNow && view?.state === 'live' ? marketClock({ view, heardAt }, performance.now()) : undefined
    const left = last === undefined || clock === undefined ? undefined : barEnd(this.chart.looks.frame, last.time) - clock
    // Of a window that ends in the past there is no last price.
    const ticks = this.#shown.hasNewer && !this.replay.isOn ? undefined : last?.close
    this.chart.showLast(ticks, countdownText(left))
  }
}

const marketNow = (): number => {
  const { view, heardAt } = useFeed.getState()
  return marketClock({ view, heardAt }, performance.now()) ?? Date.now()
}
