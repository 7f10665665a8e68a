import { useEffect, type ReactNode } from 'react'
import type { PortfolioView } from '../../src-preload/contract/index.ts'
import { useIsStale } from '../stores/connection.ts'
import { useDesk } from '../stores/desk.ts'
import { holdPortfolio, usePortfolio } from '../stores/trading-portfolio.ts'
import { DraughtGauge } from '../ui/draught-gauge.tsx'
import { useScreen } from '../ui/screen-context.tsx'
import { gainLook, useTradingWords, type TradingWords } from '../ui/trading-words.ts'
import './top-figures.css'

/** What all of it is worth, how the day went, and how deep it lies; the last known looks like it, and what is not known is a dash. */
export function TopFigures({ isPhone }: { readonly isPhone: boolean }): ReactNode {
  const words = useTradingWords()
  const { bridge } = useScreen()
  const isStale = useIsStale()
  useEffect(() => holdPortfolio(bridge), [bridge])
  const view = usePortfolio((facts) => facts.view)
  if (view === undefined || view.asset === null) return null
  return (
    <button
      type="button" className={`top-figures focus-inside ${isStale ? 'stale' : ''}`} title={words.text('screen.panel.portfolio.go')}
      onClick={() => useDesk.getState().handle?.showPanel('portfolio')}
    >
      <EquityFigure words={words} view={view} asset={view.asset} />
      {!isPhone && <DayFigure words={words} view={view} asset={view.asset} />}
      {!isPhone && <RiskFigure words={words} view={view} />}
    </button>
  )
}

interface FigureProps {
  readonly words: TradingWords
  readonly view: PortfolioView
}

function EquityFigure({ words, view, asset }: FigureProps & { readonly asset: string }): ReactNode {
  return (
    <span className="top-figure">
      <span className="cap">{words.text('screen.portfolio.equity')} {asset}</span>
      <b data-figure data-top="equity">{words.money(asset, view.total.equity)}</b>
    </span>
  )
}

function DayFigure({ words, view: { total }, asset }: FigureProps & { readonly asset: string }): ReactNode {
  const { dayChange, dayStart } = total
  const share = dayChange === null || dayStart === null || dayStart <= 0 ? null : Math.round((dayChange / dayStart) * 1_000_000_000)
  return (
    <span className="top-figure top-day">
      <span className="cap">{words.text('screen.portfolio.day')}</span>
      <span>
        <b className={gainLook(dayChange)} data-figure data-top="day">{words.gain(asset, dayChange)}</b>
        {share !== null && <span className="ink-3 top-share" data-figure> {words.rate(share)}</span>}
      </span>
    </span>
  )
}

/** Everything that is held and may still be, over the limit for all positions together. */
export function riskUsed({ worstGross }: Pick<PortfolioView['total'], 'worstGross'>, grossMax: number | undefined): number | undefined {
  return worstGross === null || grossMax === undefined || grossMax <= 0 ? undefined : worstGross / grossMax
}

function RiskFigure({ words, view }: FigureProps): ReactNode {
  const used = riskUsed(view.total, words.setup?.limits.grossMax)
  if (used === undefined) return null
  const share = words.rate(Math.round(used * 1_000_000_000)).replace(/[.,]\d+/, '')
  return (
    <span className="top-figure top-risk">
      <span className="cap">{words.text('screen.portfolio.risk')} <span data-figure data-top="risk">{share}</span></span>
      <DraughtGauge used={used} label={words.text('screen.portfolio.risk')} valueText={words.text('screen.portfolio.risk.of', { used: share })} />
    </span>
  )
}
