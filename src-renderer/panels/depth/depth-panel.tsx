import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { printChange } from '../../format/figure.ts'
import { printSize, printSteps } from '../../format/price.ts'
import { bookHold, heardBook } from '../../stores/market-book.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { MarketPanel } from '../../ui/market-panel.tsx'
import type { PanelProps } from '../../ui/panel-props.ts'
import { StreamFault } from '../../ui/stream-fault.tsx'
import { onTick } from '../../ui/ticker.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { DepthCanvas } from './depth-canvas.ts'
import './depth-panel.css'

const renderDepth = (instrument: InstrumentView, isShown: boolean): ReactNode => <Depth instrument={instrument} isShown={isShown} />

/** How much is bid and asked up to each price of the linked instrument. */
export function DepthPanel({ panelId }: PanelProps): ReactNode {
  return <MarketPanel panelId={panelId} render={renderDepth} />
}

interface DepthProps {
  readonly instrument: InstrumentView
  readonly isShown: boolean
}

function Depth({ instrument, isShown }: DepthProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const [depth, setDepth] = useState<DepthCanvas>()
  useHold(bookHold(instrument.id), isShown)
  const read = useCallback(() => {
    const reading = depth?.reading()
    if (reading === undefined) return text('screen.depth.hint')
    const side = text(reading.side === 'bid' ? 'screen.depth.bids' : 'screen.depth.asks')
    const size = `${printSize(locale, reading.size, instrument.lot, 3)} ${instrument.base}`
    const away = text('screen.depth.away', { share: `${printChange(locale, reading.away * 100, 3)} %` })
    return `${side} ${printSteps(locale, reading.ticks, instrument.tick)} · ${size} · ${away}`
  }, [depth, instrument, locale, text])
  return (
    <>
      <p className="depth-reading t11 ink-2"><LiveText read={read} /></p>
      <DepthPlot instrument={instrument} depth={depth} read={read} onMade={setDepth} />
      <StreamFault hold={bookHold(instrument.id)} read={() => heardBook(instrument.id)?.error} />
    </>
  )
}

interface DepthPlotProps {
  readonly instrument: InstrumentView
  readonly depth: DepthCanvas | undefined
  readonly read: () => string
  readonly onMade: (depth: DepthCanvas | undefined) => void
}

function DepthPlot({ instrument, depth, read, onMade }: DepthPlotProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const [isEmpty, setEmpty] = useState(true)
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = new DepthCanvas({ canvas: canvas.current, instrument, locale, onEmpty: setEmpty })
    onMade(made)
    return () => {
      made.dispose()
      onMade(undefined)
    }
  }, [instrument, locale, onMade])
  useEffect(() => onTick(() => {
    // Only for whoever reads it by keyboard: a word that changes ten times a second is none.
    if (plot.current !== document.activeElement) return
    plot.current?.setAttribute('aria-valuenow', String(Math.round((depth?.cursor ?? 0) * 100)))
    plot.current?.setAttribute('aria-valuetext', read())
  }), [depth, read])
  return (
    <div
      className="market-plot" ref={plot} role="slider" tabIndex={0} aria-label={text('screen.depth.label', { instrument: instrument.id })}
      aria-valuenow={0} aria-valuemin={-100} aria-valuemax={100} aria-valuetext={text('screen.depth.mid')} data-depth={isEmpty ? 'empty' : 'drawn'}
      onKeyDown={(event) => pressed(event, depth)}
      onPointerMove={(event) => depth?.pointAt(event.nativeEvent.offsetX)}
      onPointerLeave={() => depth?.pointAt(undefined)}
      onBlur={() => depth?.pointAt(undefined)}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {isEmpty && <p className="market-plot-word ink-3">{text('screen.ladder.empty')}</p>}
    </div>
  )
}

const moves: Readonly<Record<string, number>> = { ArrowLeft: -0.02, ArrowRight: 0.02, PageDown: -0.2, PageUp: 0.2 }

function pressed(event: KeyboardEvent, depth: DepthCanvas | undefined): void {
  if (depth === undefined || event.ctrlKey || event.metaKey || event.altKey) return
  const share = moves[event.key]
  if (share === undefined && event.key !== 'Escape') return
  event.preventDefault()
  if (share === undefined) depth.pointAt(undefined)
  else depth.moveBy(share)
}
