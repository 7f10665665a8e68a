import { useCallback, useEffect, useState, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { printChange } from '../../format/figure.ts'
import { printSteps } from '../../format/price.ts'
import { bookHold, heardBook } from '../../stores/market-book.ts'
import { heardQuote, spreadTicks } from '../../stores/market-quotes.ts'
import { holdOrders } from '../../stores/trading-orders.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { MarketPanel } from '../../ui/market-panel.tsx'
import type { PanelProps } from '../../ui/panel-props.ts'
import { StreamFault } from '../../ui/stream-fault.tsx'
import { useHold } from '../../ui/use-hold.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import type { LadderCanvas, LadderSight } from './ladder-canvas.ts'
import { LadderPlot } from './ladder-plot.tsx'
import { imbalance, ladderSteps, type LadderStep } from './ladder-rows.ts'
import { useFittingStep } from './use-fitting-step.ts'
import './ladder-panel.css'

const renderLadder = (instrument: InstrumentView, isShown: boolean): ReactNode => <Ladder instrument={instrument} isShown={isShown} />

/** The book of the linked instrument, price by price. Our own orders lie in it; a price of it goes into the ticket, and nothing is ordered here. */
export function LadderPanel({ panelId }: PanelProps): ReactNode {
  return <MarketPanel panelId={panelId} render={renderLadder} />
}

interface LadderProps {
  readonly instrument: InstrumentView
  readonly isShown: boolean
}

function Ladder({ instrument, isShown }: LadderProps): ReactNode {
  const text = useText()
  const fitting = useFittingStep(instrument.id)
  const [chosen, setStep] = useState<LadderStep>()
  const step = chosen ?? fitting
  const [isHeld, setHeld] = useState(false)
  const [sight, setSight] = useState<LadderSight>('none')
  const [ladder, setLadder] = useState<LadderCanvas>()
  useHold(bookHold(instrument.id), isShown)
  useHold(holdOrders, isShown)
  useEffect(() => ladder?.setStep(step), [ladder, step])
  return (
    <>
      <div className="market-tools ladder-tools">
        <Choice
          label={text('screen.ladder.step', { count: step })} value={String(step)}
          options={ladderSteps.map((each) => ({ value: String(each), text: `×${each}` }))}
          onChoose={(value) => setStep(ladderSteps.find((each) => String(each) === value) ?? 1)}
        />
        <Button
          size="small" look="ghost" aria-pressed={isHeld} title={text(isHeld ? 'screen.ladder.does-not-follow' : 'screen.ladder.follows')}
          className="ladder-hold" onClick={() => ladder?.hold(!isHeld)}
        >
          {text(isHeld ? 'screen.ladder.held' : 'screen.ladder.hold')}
        </Button>
        <Button size="small" look="ghost" onClick={() => ladder?.follow()}>{text('screen.ladder.centre')}</Button>
      </div>
      <LadderFigures instrument={instrument} />
      <LadderPlot instrument={instrument} step={step} ladder={ladder} sight={sight} onMade={setLadder} onHeld={setHeld} onSight={setSight} onStep={setStep} />
      <StreamFault hold={bookHold(instrument.id)} read={() => heardBook(instrument.id)?.error} />
    </>
  )
}

/** Spread and imbalance, over the columns' names. */
function LadderFigures({ instrument }: { readonly instrument: InstrumentView }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const readSpread = useCallback(() => {
    const quote = heardQuote(instrument.id)?.quote
    const spread = quote === undefined ? undefined : spreadTicks(quote)
    if (spread === undefined) return '–'
    const price = printSteps(locale, spread, instrument.tick)
    return spread < 0 ? price : `${price} · ${text('screen.ladder.ticks', { count: spread })}`
  }, [instrument, locale, text])
  const readImbalance = useCallback(() => {
    const book = heardBook(instrument.id)?.book
    const share = book === undefined ? undefined : imbalance(book)
    return share === undefined ? '–' : printChange(locale, share, 2)
  }, [instrument, locale])
  return (
    <>
      <dl className="ladder-figures t11">
        <div><dt className="ink-3">{text('screen.market.spread')}</dt><dd><LiveText read={readSpread} className="num" /></dd></div>
        <div><dt className="ink-3">{text('screen.ladder.imbalance')}</dt><dd><LiveText read={readImbalance} className="num" digits={5} /></dd></div>
      </dl>
      <div className="market-columns ladder-columns cap" aria-hidden="true">
        <span className="num">{text('screen.market.bid')}</span>
        <span className="num">{text('screen.market.price')}</span>
        <span>{text('screen.market.ask')}</span>
      </div>
    </>
  )
}
