import { heardQuote } from '../../stores/market-quotes.ts'
import { shownStateOf } from '../../stores/market-state.ts'
import type { ChartStore } from './chart-facts.ts'

/** Notes what a chart's prices may be taken for; told only when that has changed. */
export function hearChartQuote(facts: ChartStore, instrument: string): void {
  const state = shownStateOf(instrument)
  // Without a line the whole panel is faded already, and what is said of the market stays said.
  if (state === 'waiting' || state === 'no-line') return
  const { quoteState, lastKnownAt } = facts.getState()
  const at = heardQuote(instrument)?.quote.at ?? undefined
  if (state === quoteState && (state === 'live' || at === lastKnownAt)) return
  facts.setState({ quoteState: state, lastKnownAt: at })
}
