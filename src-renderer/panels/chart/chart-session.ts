import type { ScreenBridge } from '../../bridge/screen-bridge.ts'
import { touchedBy, touches } from '../../charts/alert-watch.ts'
import type { Bar } from '../../charts/bar.ts'
import { liveBars, liveBarsMax, type BarWindow } from '../../charts/bar-window.ts'
import { onLooks } from '../../charts/chart-colours.ts'
import type { ChartLooks } from '../../charts/chart-looks.ts'
import { cancelTurn, planTurn, type TurnTaker } from '../../charts/chart-turns.ts'
import { PriceChart } from '../../charts/price-chart.ts'
import { placeOfTime } from '../../charts/time-place.ts'
import { barEnd, frameLengthMs } from '../../charts/timeframes.ts'
import { withChanged } from '../../charts/drawings/drawing-book.ts'
import { CandleFeed } from '../../stores/candles.ts'
import { changeDrawings, drawingBook } from '../../stores/chart-drawings.ts'
import { marketClock, useFeed } from '../../stores/market-feed.ts'
import { heardQuote, holdQuotes, onQuotes } from '../../stores/market-quotes.ts'
import { onTick } from '../../ui/ticker.ts'
import { ChartDrawings } from './chart-drawings.ts'
import { ChartLegend } from './chart-legend.ts'
import { ChartReplay } from './chart-replay.ts'
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
  readonly drawings: ChartDrawings
  readonly replay: ChartReplay
  readonly #legend: ChartLegend
  readonly #parts: ChartSessionParts
  readonly #endings: (() => void)[]
  #compared: ComparedFeed | undefined
  #shown: BarWindow
  /** From this bar on the chart is behind; undefined: it is not. */
  #pending: number | undefined
  #newestBar: Bar | undefined
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
      onNews: (news) => this.#watchAlerts(news),
    })
    this.#shown = this.feed.window
    this.#legend = new ChartLegend(legend, this.chart, parts.names)
    this.drawings = new ChartDrawings({ host, chart: this.chart, facts })
    this.replay = new ChartReplay({
      feed: this.feed, facts,
      onWindow: (window) => this.#show(window),
      onBars: (window, from) => this.#plan(window, from),
    })
    this.chart.onVisible(() => this.#lookAround())
    this.chart.onCrosshair((nth) => this.#legend.pointAt(nth))
    const sizes = new ResizeObserver(() => this.#notice())
    sizes.observe(host)
    this.#endings = [
      () => sizes.disconnect(),
      onLooks(() => this.#repaint()),
      onTick(() => this.#tick()),
      onQuotes(() => this.#hearQuote()),
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
    this.drawings.dispose()
    this.chart.dispose()
  }

  dress(looks: ChartLooks): void {
    if (looks === this.chart.looks) return
    const other = this.chart.looks.compared?.id !== looks.compared?.id
    this.chart.dress(looks)
    this.drawings.refresh()
    if (other) this.#compare()
    else void this.#compared?.cover(this.#shown.bars)
    this.#legend.refresh(this.#shown.bars)
    this.#tick()
  }

  takeTurn(): void {
    const from = this.#pending
    this.#pending = undefined
    if (from === undefined || !this.#isAwake) return
    this.chart.update(this.#shown.bars, from)
    this.#legend.refresh(this.#shown.bars)
    this.#showLast()
    if (this.replay.isOn) return
    const seen = this.chart.visible()
    const { length } = this.#shown.bars
    if (length > liveBarsMax && this.chart.isAtEdge() && seen !== undefined && seen.from > length - liveBars + pageAhead) this.feed.trim()
  }

  async goTo(time: number): Promise<void> {
    if (this.replay.isOn) return this.replay.begin(time)
    const seen = this.chart.visible()
    if (!(await this.feed.goTo(time))) return
    const half = seen === undefined ? 60 : (seen.to - seen.from) / 2
    const place = placeOfTime(this.#shown.bars, this.#frameMs(), time)
    this.chart.look({ from: place - half, to: place + half })
  }

  async goToPresent(): Promise<void> {
    if (!this.replay.isOn && this.feed.window.hasNewer && !(await this.feed.goLive())) return
    this.chart.scrollToEdge()
  }

  goToOldest(): void {
    const seen = this.chart.visible()
    if (seen !== undefined) this.chart.look({ from: 0, to: seen.to - seen.from })
  }

  scrollBy(bars: number): void {
    const seen = this.chart.visible()
    if (seen !== undefined) this.chart.look({ from: seen.from + bars, to: seen.to + bars })
  }

  /** The newest bar in sight stays where it is. */
  zoomBy(factor: number): void {
    const seen = this.chart.visible()
    if (seen === undefined) return
    const width = Math.min(2_500, Math.max(10, (seen.to - seen.from) * factor))
    this.chart.look({ from: seen.to - width, to: seen.to })
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
    if (seen === undefined || bars.length === 0) return
    const isAtPresent = !hasNewer && this.chart.isAtEdge()
    if (this.#parts.facts.getState().isAtPresent !== isAtPresent) this.#parts.facts.setState({ isAtPresent })
    if (this.replay.isOn || !this.#isAwake || this.drawings.isBusy) return
    if (seen.from < pageAhead && hasOlder) void this.feed.loadOlder()
    else if (seen.to > bars.length - pageAhead && hasNewer) void this.feed.loadNewer()
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
    this.feed.start()
  }

  #sleep(): void {
    if (!this.#isAwake) return
    this.#isAwake = false
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
    this.#compared = compared === undefined
      ? undefined
      : new ComparedFeed({ bridge: this.#parts.bridge, chart: this.chart, instrument: compared, timeframe: frame, now: marketNow })
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

  #hearQuote(): void {
    const quote = heardQuote(this.chart.looks.instrument.id)?.quote
    const { facts } = this.#parts
    const { quoteState, lastKnownAt } = facts.getState()
    if (quote === undefined || quote.state === quoteState && (quote.state === 'live' || quote.at === lastKnownAt)) return
    facts.setState({ quoteState: quote.state, lastKnownAt: quote.at ?? undefined })
  }

  #watchAlerts(news: readonly Bar[]): void {
    const before = this.#newestBar
    this.#newestBar = news.at(-1) ?? before
    const touched = before === undefined ? undefined : touchedBy(before, news)
    if (touched === undefined) return
    const { id } = this.chart.looks.instrument
    for (const drawing of drawingBook(id).drawings) {
      const ticks = drawing.anchors[0]?.ticks
      if (drawing.kind !== 'alert' || ticks === undefined || !touches(touched, ticks)) continue
      // It told; what stays is the level.
      changeDrawings(id, (book) => withChanged(book, { ...drawing, kind: 'level' }))
      this.#parts.facts.setState(({ notes }) => ({ notes: [...notes.slice(-2), { id: drawing.id, ticks, at: marketNow() }] }))
    }
  }
}

const marketNow = (): number => {
  const { view, heardAt } = useFeed.getState()
  return marketClock({ view, heardAt }, performance.now()) ?? Date.now()
}
