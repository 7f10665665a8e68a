import { cancelPaint, planPaint } from '../stores/market-frame.ts'
import { onLooks } from '../theme/on-looks.ts'

export interface MarketColours {
  readonly ground: string
  readonly hover: string
  readonly line: string
  readonly strongLine: string
  readonly ink: string
  readonly ink2: string
  readonly ink3: string
  readonly buy: string
  readonly sell: string
  readonly attention: string
}

/** What a canvas of the market is drawn with: CSS pixels, the theme's colours and its letters. */
export interface MarketSurface {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  readonly colours: MarketColours
  readonly font: (size: number, weight?: number) => string
}

export interface MarketCanvas {
  /** Something has changed: it is drawn in the next frame, once. */
  plan(): void
  dispose(): void
}

/** Keeps a canvas drawn past React: on request, and whenever its size, the theme or the letters change. */
export function keepMarketCanvas(canvas: HTMLCanvasElement, draw: (surface: MarketSurface, now: number) => void): MarketCanvas {
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no canvas')
  let looks = readLooks(canvas)
  let width = canvas.clientWidth
  let height = canvas.clientHeight
  const paint = (now: number): void => {
    if (width === 0 || height === 0) return
    fitPixels(canvas, context, width, height)
    draw({ context, width, height, ...looks }, now)
  }
  const plan = (): void => planPaint(paint)
  const renew = (): void => {
    looks = readLooks(canvas)
    plan()
  }
  // Read here and not while drawing: asking for a size in the frame would lay the page out in the middle of it.
  const sizes = new ResizeObserver(() => {
    width = canvas.clientWidth
    height = canvas.clientHeight
    renew()
  })
  sizes.observe(canvas)
  const endLooks = onLooks(renew)
  void document.fonts.ready.then(renew)
  plan()
  return {
    plan,
    dispose() {
      sizes.disconnect()
      endLooks()
      cancelPaint(paint)
    },
  }
}

function fitPixels(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, width: number, height: number): void {
  const ratio = devicePixelRatio
  const wide = Math.round(width * ratio)
  const high = Math.round(height * ratio)
  if (canvas.width !== wide) canvas.width = wide
  if (canvas.height !== high) canvas.height = high
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
}

function readLooks(canvas: HTMLCanvasElement): Pick<MarketSurface, 'colours' | 'font'> {
  const style = getComputedStyle(canvas)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  const family = style.fontFamily
  return {
    colours: {
      ground: token('--bg-1'), hover: token('--bg-2'), line: token('--line-1'), strongLine: token('--line-2'),
      ink: token('--ink-1'), ink2: token('--ink-2'), ink3: token('--ink-3'), buy: token('--buy'), sell: token('--sell'), attention: token('--attn'),
    },
    font: (size, weight = 400) => `${weight} ${size}px ${family}`,
  }
}
