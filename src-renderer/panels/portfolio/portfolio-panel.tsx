import { useMemo, useRef, type ReactNode } from 'react'
import type { PortfolioFigures, PortfolioView, PositionView } from '../../../src-preload/contract/index.ts'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { holdPortfolio, usePortfolio } from '../../stores/trading-portfolio.ts'
import { holdPositions, usePositions } from '../../stores/trading-positions.ts'
import { Blank } from '../../ui/blank.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { Stat, Stats } from '../../ui/stats.tsx'
import { gainLook, useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { EquitySection } from './equity-section.tsx'
import './portfolio-panel.css'

/** What all of it is worth, how the day went, and what made it so. */
export function PortfolioPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  const isShown = useShown(root)
  useHold(holdPortfolio, isShown)
  useHold(holdPositions, isShown)
  const { view, error } = usePortfolio()
  return (
    <div className="portfolio" ref={root}>
      {view !== undefined && view.asset !== null && <Figures words={words} view={view} asset={view.asset} />}
      {view?.asset === null && <PanelMessage title={text('screen.portfolio.nowhere')}>{text('screen.portfolio.nowhere.next')}</PanelMessage>}
      {view === undefined && error === undefined && <Blank digits={24} />}
      {view === undefined && error !== undefined && <PanelMessage title={text('screen.portfolio.nowhere')}>{translateError(words.locale, error)}</PanelMessage>}
    </div>
  )
}

interface FiguresProps {
  readonly words: TradingWords
  readonly view: PortfolioView
  readonly asset: string
}

function Figures({ words, view, asset }: FiguresProps): ReactNode {
  const { text } = words
  const { total } = view
  return (
    <>
      <section className="portfolio-head">
        <Equity words={words} asset={asset} total={total} />
        <Stats>
          <Stat name={text('screen.portfolio.day')}><Gain words={words} asset={asset} amount={total.dayChange} /></Stat>
          <Stat name={text('screen.portfolio.drawdown')}><span>{words.rate(total.drawdown)}</span></Stat>
          <Stat name={text('screen.blotter.unrealised')}><Gain words={words} asset={asset} amount={total.unrealised} /></Stat>
          <Stat name={text('screen.blotter.realised')}><Gain words={words} asset={asset} amount={total.realised} /></Stat>
          <Stat name={text('screen.blotter.fees')}>{words.money(asset, total.fees)}</Stat>
          <Stat name={text('screen.portfolio.funding')}><Gain words={words} asset={asset} amount={total.funding} /></Stat>
        </Stats>
      </section>
      {total.unvalued.length > 0 && <p className="portfolio-unvalued hatch" role="status"><span>{text('screen.portfolio.unvalued', { names: total.unvalued.join(', ') })}</span></p>}
      <EquitySection asset={asset} />
      <PanelSection title={text('screen.portfolio.exposure')}>
        <div className="panel-section-body">
          <Facts>
            <Fact name={text('screen.portfolio.gross')}>{words.money(asset, total.gross)}</Fact>
            <Fact name={text('screen.portfolio.worst-gross')}>{words.money(asset, total.worstGross)}</Fact>
            <Fact name={text('screen.portfolio.leverage')}>{words.rate(total.leverage)}</Fact>
            <Fact name={text('screen.positions.margin')}>{words.money(asset, total.initialMargin)}</Fact>
            <Fact name={text('screen.portfolio.peak')}>{words.money(asset, total.peak)}</Fact>
          </Facts>
        </div>
      </PanelSection>
      <ByInstrument words={words} />
    </>
  )
}

function Equity({ words, asset, total }: { readonly words: TradingWords; readonly asset: string; readonly total: PortfolioFigures }): ReactNode {
  return (
    <div>
      <p className="cap">{words.text('screen.portfolio.equity')}</p>
      <p className="t22"><span data-figure data-portfolio="equity">{words.money(asset, total.equity)}</span> <span className="ink-3 t11">{asset}</span></p>
    </div>
  )
}

const Gain = ({ words, asset, amount }: { readonly words: TradingWords; readonly asset: string; readonly amount: number | null }): ReactNode => (
  <span className={gainLook(amount)}>{words.gain(asset, amount)}</span>
)

/** Each in the currency that its profit is counted in. */
function ByInstrument({ words }: { readonly words: TradingWords }): ReactNode {
  const { text } = words
  const held = usePositions((facts) => facts.positions)
  const positions = useMemo(() => [...held.values()].toSorted((one, other) => one.instrument.localeCompare(other.instrument, 'en')), [held])
  if (positions.length === 0) return null
  return (
    <PanelSection title={text('screen.portfolio.by-instrument')}>
      <div className="panel-section-body">
      <table className="portfolio-table">
        <thead>
          <tr className="cap">
            <th>{text('screen.blotter.instrument')}</th>
            <th className="num">{text('screen.positions.worth')}</th>
            <th className="num">{text('screen.blotter.unrealised')}</th>
            <th className="num">{text('screen.blotter.realised')}</th>
          </tr>
        </thead>
        <tbody>{positions.map((position) => <InstrumentRow key={`${position.account} ${position.instrument} ${position.positionSide}`} {...{ words, position }} />)}</tbody>
      </table>
      </div>
    </PanelSection>
  )
}

function InstrumentRow({ words, position: { instrument, asset, worth, unrealised, realised } }: { readonly words: TradingWords; readonly position: PositionView }): ReactNode {
  return (
    <tr>
      <td className="med">{instrument} <span className="ink-3">{asset}</span></td>
      <td className="num">{words.money(asset, worth)}</td>
      <td className={`num ${gainLook(unrealised)}`}>{words.gain(asset, unrealised)}</td>
      <td className={`num ${gainLook(realised)}`}>{words.gain(asset, realised)}</td>
    </tr>
  )
}
