import { useEffect, useRef, type ReactNode } from 'react'
import { onLooks } from '../theme/on-looks.ts'
import { drawHistory, type HistoryPlot, type PlotColours } from './history-plot.ts'
import './history-canvas.css'

interface HistoryCanvasProps {
  readonly label: string
  /** Tells when there is something new to draw. Stable, or the canvas is set up anew. */
  readonly subscribe: (changed: () => void) => () => void
  readonly read: () => HistoryPlot
}

/** The last measurements on a canvas. React sets it up and takes it away; each new measurement is drawn past React. */
export function HistoryCanvas({ label, subscribe, read }: HistoryCanvasProps): ReactNode {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    return element === null ? undefined : keepDrawn(element, subscribe, read)
  }, [subscribe, read])
  return <canvas className="history-canvas" ref={canvas}>{label}</canvas>
}

function keepDrawn(canvas: HTMLCanvasElement, subscribe: HistoryCanvasProps['subscribe'], read: () => HistoryPlot): () => void {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  let colours = readColours(canvas)
  let frame = 0
  const draw = (): void => {
    frame = 0
    const { clientWidth: width, clientHeight: height } = canvas
    // A hidden tab's panel has no size; it is drawn when it is shown.
    if (width === 0 || height === 0) return
    fitPixels(canvas, context)
    context.font = `10px ${getComputedStyle(canvas).fontFamily}`
    drawHistory(context, { width, height }, read(), colours)
  }
  // One repaint a frame at most, however often something changes.
  const plan = (): void => {
    if (frame === 0) frame = requestAnimationFrame(draw)
  }
  // A panel behind a tab is made outside of the page, where no token has a value yet; it gets a size when it is put into it.
  const sizes = new ResizeObserver(() => {
    colours = readColours(canvas)
    plan()
  })
  sizes.observe(canvas)
  const endLooks = onLooks(() => {
    colours = readColours(canvas)
    plan()
  })
  const unsubscribe = subscribe(plan)
  plan()
  return () => {
    unsubscribe()
    sizes.disconnect()
    endLooks()
    cancelAnimationFrame(frame)
  }
}

function fitPixels(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D): void {
  const ratio = devicePixelRatio
  const width = Math.round(canvas.clientWidth * ratio)
  const height = Math.round(canvas.clientHeight * ratio)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
}

function readColours(canvas: HTMLCanvasElement): PlotColours {
  const style = getComputedStyle(canvas)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return { line: token('--line-1'), measure: token('--ink-3'), attention: token('--attn'), text: token('--ink-3') }
}
