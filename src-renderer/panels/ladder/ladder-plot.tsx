import { useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { plainSteps, printSteps } from '../../format/price.ts'
import { heardQuote } from '../../stores/market-quotes.ts'
import { changeDraft } from '../../stores/ticket.ts'
import { Button } from '../../ui/button.tsx'
import { onTick } from '../../ui/ticker.ts'
import { useLocale, useText, type Text } from '../../ui/use-text.ts'
import { LadderCanvas, type LadderSight } from './ladder-canvas.ts'
import { ladderSteps, type LadderStep } from './ladder-rows.ts'

interface Watched {
  readonly current: HTMLElement | null
}

interface LadderPlotProps {
  readonly instrument: InstrumentView
  readonly step: LadderStep
  readonly ladder: LadderCanvas | undefined
  readonly sight: LadderSight
  readonly onMade: (ladder: LadderCanvas | undefined) => void
  readonly onHeld: (isHeld: boolean) => void
  readonly onSight: (sight: LadderSight) => void
  readonly onStep: (step: LadderStep) => void
}

/** The rows themselves, on a canvas that is worked like a slider. */
export function LadderPlot({ instrument, step, ladder, sight, onMade, onHeld, onSight, onStep }: LadderPlotProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const plot = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = new LadderCanvas({ canvas: canvas.current, instrument, locale, onHeld, onSight })
    onMade(made)
    return () => {
      made.dispose()
      onMade(undefined)
      onHeld(false)
    }
  }, [instrument, locale, onMade, onHeld, onSight])
  useWheel(plot, ladder)
  const read = useMemo(() => valueOf(text, locale, instrument), [text, locale, instrument])
  useSpokenValue(plot, ladder, read)
  return (
    <div
      className="market-plot" ref={plot} role="slider" tabIndex={0} data-ladder={sight} aria-orientation="vertical"
      aria-label={text('screen.ladder.label', { instrument: instrument.id })} aria-valuenow={0} aria-valuemin={-reach} aria-valuemax={reach}
      onKeyDown={(event) => pressed(event, ladder, step, onStep)}
      onPointerMove={(event) => ladder?.hover(event.nativeEvent.offsetY)}
      onPointerLeave={() => ladder?.hover(undefined)}
      title={text('screen.ladder.pick')}
      onClick={(event) => {
        if (event.target !== canvas.current) return
        const picked = ladder?.pickAt(event.nativeEvent.offsetX, event.nativeEvent.offsetY)
        if (picked !== undefined) changeDraft(instrument.id, { type: 'limit', side: picked.side, price: plainSteps(picked.ticks, instrument.tick).replace('.', locale === 'fr' ? ',' : '.') })
      }}
    >
      <canvas ref={canvas} aria-hidden="true" />
      {sight === 'none' && <p className="market-plot-word ink-3">{text('screen.ladder.empty')}</p>}
      {(sight === 'above' || sight === 'below') && (
        <Button size="small" look="attention" className={`ladder-away ladder-away-${sight}`} onClick={() => ladder?.follow()}>
          {`${sight === 'above' ? '↑' : '↓'} ${text(`screen.ladder.${sight}`)}`}
        </Button>
      )}
    </div>
  )
}

/** How far from the market a reader is told that the rows are scrolled. */
const reach = 1_000

function valueOf(text: Text, locale: Locale, instrument: InstrumentView): () => string {
  return () => {
    const quote = heardQuote(instrument.id)?.quote
    const print = (ticks: number | null | undefined): string =>
      ticks === null || ticks === undefined ? '–' : printSteps(locale, ticks, instrument.tick)
    return text('screen.ladder.value', { bid: print(quote?.bid), ask: print(quote?.ask), last: print(quote?.last) })
  }
}

/** What a reader hears of it, renewed once a second at most: rows from the market, and the prices in words. */
function useSpokenValue(element: Watched, ladder: LadderCanvas | undefined, read: () => string): void {
  useEffect(() => {
    let writtenAt = -Infinity
    const write = (now: number): void => {
      if (now - writtenAt < 1_000) return
      writtenAt = now
      const rows = Math.max(-reach, Math.min(reach, ladder?.rowsAway ?? 0))
      element.current?.setAttribute('aria-valuenow', String(rows))
      element.current?.setAttribute('aria-valuetext', read())
    }
    write(performance.now())
    return onTick(write)
  }, [element, ladder, read])
}

/** React listens to wheels passively, and then the panel around would scroll as well. */
function useWheel(element: Watched, ladder: LadderCanvas | undefined): void {
  useEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    const turn = (event: WheelEvent): void => {
      event.preventDefault()
      ladder?.scroll(-Math.sign(event.deltaY) * (event.shiftKey ? 10 : 2))
    }
    watched.addEventListener('wheel', turn, { passive: false })
    return () => watched.removeEventListener('wheel', turn)
  }, [element, ladder])
}

function pressed(
  event: KeyboardEvent, ladder: LadderCanvas | undefined, step: LadderStep, onStep: (step: LadderStep) => void,
): void {
  if (ladder === undefined || event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
  const nth = ladderSteps.indexOf(step)
  const actions: Readonly<Record<string, () => void>> = {
    ArrowUp: () => ladder.scroll(1),
    ArrowDown: () => ladder.scroll(-1),
    PageUp: () => ladder.scrollPage(1),
    PageDown: () => ladder.scrollPage(-1),
    Home: () => ladder.follow(),
    '[': () => onStep(ladderSteps[nth - 1] ?? step),
    ']': () => onStep(ladderSteps[nth + 1] ?? step),
  }
  const action = actions[event.key]
  if (action === undefined) return
  event.preventDefault()
  action()
}
