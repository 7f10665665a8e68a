import { useCallback, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { stepsAtLeast } from '../../format/price.ts'
import { heardTrades, tradesHold } from '../../stores/market-trades.ts'
import { Button } from '../../ui/button.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { MarketPanel } from '../../ui/market-panel.tsx'
import type { PanelProps } from '../../ui/panel-props.ts'
import { StreamFault } from '../../ui/stream-fault.tsx'
import { useHold } from '../../ui/use-hold.ts'
import { useTicked } from '../../ui/use-ticked.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { TapeCanvas } from './tape-canvas.ts'
import './tape-panel.css'

const renderTape = (instrument: InstrumentView, isShown: boolean): ReactNode => <Tape instrument={instrument} isShown={isShown} />

/** The trades of the linked instrument as they happen, newest first. */
export function TapePanel({ panelId }: PanelProps): ReactNode {
  return <MarketPanel panelId={panelId} render={renderTape} />
}

interface TapeProps {
  readonly instrument: InstrumentView
  readonly isShown: boolean
}

function Tape({ instrument, isShown }: TapeProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const [tape, setTape] = useState<TapeCanvas>()
  const [typed, setTyped] = useState('')
  const [isHovered, setHovered] = useState(false)
  const [isHeld, setHeld] = useState(false)
  useHold(tradesHold(instrument.id), isShown)
  const least = typed.trim() === '' ? 0 : stepsAtLeast(locale, typed, instrument.lot)
  useEffect(() => {
    // What is not a size hides nothing: a slip of the hand must not empty the tape.
    tape?.showFrom(least ?? 0)
  }, [tape, least])
  useEffect(() => tape?.hold(isHovered || isHeld), [tape, isHovered, isHeld])
  return (
    <>
      <div className="market-tools tape-tools">
        <SizeField instrument={instrument} typed={typed} isBad={least === undefined} onType={setTyped} />
        <TapeWaiting tape={tape} isHeld={isHovered || isHeld} />
        <Button size="small" look="ghost" className="tape-hold" aria-pressed={isHeld} onClick={() => setHeld(!isHeld)}>
          {text(isHeld ? 'screen.ladder.held' : 'screen.ladder.hold')}
        </Button>
      </div>
      <div className="market-columns tape-columns cap" aria-hidden="true">
        <span>{text('screen.market.time')}</span>
        <span className="num">{text('screen.market.price')}</span>
        <span className="num">{`${text('screen.market.size')} ${instrument.base}`}</span>
      </div>
      <TapePlot instrument={instrument} tape={tape} onMade={setTape} onHover={setHovered} />
      <StreamFault hold={tradesHold(instrument.id)} read={() => heardTrades(instrument.id)?.error} />
    </>
  )
}

interface SizeFieldProps {
  readonly instrument: InstrumentView
  readonly typed: string
  readonly isBad: boolean
  readonly onType: (typed: string) => void
}

function SizeField({ instrument, typed, isBad, onType }: SizeFieldProps): ReactNode {
  const text = useText()
  const id = useId()
  return (
    <span className="tape-size">
      <input
        className="market-field num" inputMode="decimal" autoComplete="off" value={typed} placeholder={text('screen.tape.all')}
        aria-label={text('screen.tape.least.of', { unit: instrument.base })} aria-invalid={isBad} aria-describedby={isBad ? id : undefined}
        onChange={(event) => onType(event.target.value)}
      />
      {isBad && <span className="danger t11" id={id}>{text('screen.tape.bad-size')}</span>}
    </span>
  )
}

/** How many came while the tape stands still. */
function TapeWaiting({ tape, isHeld }: { readonly tape: TapeCanvas | undefined; readonly isHeld: boolean }): ReactNode {
  const text = useText()
  const read = useCallback(
    () => (isHeld && tape !== undefined ? text('screen.tape.waiting', { count: tape.waiting }) : ''),
    [isHeld, tape, text],
  )
  return <LiveText read={read} className="tape-waiting ink-2 t11" />
}

interface TapePlotProps {
  readonly instrument: InstrumentView
  readonly tape: TapeCanvas | undefined
  readonly onMade: (tape: TapeCanvas | undefined) => void
  readonly onHover: (isHovered: boolean) => void
}

function TapePlot({ instrument, tape, onMade, onHover }: TapePlotProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = new TapeCanvas({ canvas: canvas.current, instrument, locale })
    onMade(made)
    return () => {
      made.dispose()
      onMade(undefined)
    }
  }, [instrument, locale, onMade])
  // Counted only while nothing is shown: a tape that fills must not be drawn by React for each trade.
  const hidden = useTicked(() => (tape === undefined || tape.shown === 0 ? (heardTrades(instrument.id)?.ring.length ?? 0) : undefined))
  return (
    <div className="market-plot" onPointerEnter={(event) => onHover(event.pointerType === 'mouse')} onPointerLeave={() => onHover(false)}>
      <canvas ref={canvas} role="img" aria-label={text('screen.tape.label', { instrument: instrument.id })} />
      {hidden !== undefined && (
        <p className="market-plot-word ink-3">
          {hidden === 0 ? text('screen.tape.empty') : text('screen.tape.none-so-large', { count: hidden })}
        </p>
      )}
    </div>
  )
}
