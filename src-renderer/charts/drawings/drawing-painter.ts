import type { ChartColours } from '../chart-colours.ts'
import { faded } from '../chart-colours.ts'
import { fibShares, fibTicks, type Drawing } from './drawing.ts'
import type { Point } from './drawing-shape.ts'

export interface PaintedDrawing {
  readonly drawing: Drawing
  readonly points: readonly Point[]
  readonly isSelected: boolean
}

/** What painting needs to know of the chart. */
export interface DrawingSurroundings {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly colours: ChartColours
  yOfTicks(ticks: number): number
  printTicks(ticks: number): string
  /** What a measure says: change, share, bars. */
  measureText(drawing: Drawing): string
}

/** Words stand beside their handle. */
const besidePx = 8

const fontOf = ({ font }: ChartColours): string => `11px ${font}`

export function paintDrawing(painted: PaintedDrawing, around: DrawingSurroundings): void {
  const { drawing: { kind }, isSelected } = painted
  const { context, colours } = around
  context.save()
  context.strokeStyle = kind === 'alert' ? colours.attention : colours.series[0]
  context.fillStyle = context.strokeStyle
  context.lineWidth = isSelected ? 2 : 1
  context.font = fontOf(colours)
  context.textBaseline = 'middle'
  if (kind === 'level' || kind === 'alert') paintLevel(painted, around)
  else if (kind === 'text') paintWords(painted, around)
  else if (kind === 'trend') paintTrend(painted, around)
  else if (kind === 'rectangle') paintBox(painted, around)
  else if (kind === 'fib') paintFib(painted, around)
  else paintMeasure(painted, around)
  if (isSelected) paintHandles(painted, around)
  context.restore()
}

function strokeLine(context: CanvasRenderingContext2D, from: Point, to: Point): void {
  context.beginPath()
  context.moveTo(from.x, from.y)
  context.lineTo(to.x, to.y)
  context.stroke()
}

/** Words with the ground behind them, so that bars do not run through. */
function paintLabel({ context, colours }: DrawingSurroundings, text: string, x: number, y: number): void {
  const ink = context.fillStyle
  context.fillStyle = faded(colours.ground, 0.8)
  context.fillRect(x - 3, y - 8, context.measureText(text).width + 6, 16)
  context.fillStyle = ink
  context.fillText(text, x, y)
}

function paintLevel({ drawing, points: [at] }: PaintedDrawing, around: DrawingSurroundings): void {
  if (at === undefined) return
  const y = Math.round(at.y) + 0.5
  const price = around.printTicks(drawing.anchors[0]?.ticks ?? 0)
  if (drawing.kind === 'alert') around.context.setLineDash([6, 4])
  strokeLine(around.context, { x: 0, y }, { x: around.width, y })
  around.context.setLineDash([])
  // At the right end, by the scale: the legend is at the left.
  const x = around.width - around.context.measureText(price).width - 8
  if (drawing.kind === 'alert') paintBell(around.context, x - 16, y - 3)
  paintLabel(around, price, x, y - 9)
}

/** A bell, so that an alert is told from a level in grey as well. */
function paintBell(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath()
  context.moveTo(x, y - 5)
  context.lineTo(x + 10, y - 5)
  context.lineTo(x + 8, y - 8)
  context.arc(x + 5, y - 11, 3.4, 0.2, Math.PI - 0.2, true)
  context.lineTo(x, y - 5)
  context.fill()
  context.fillRect(x + 3.5, y - 4, 3, 2)
}

function paintWords({ drawing, points: [at] }: PaintedDrawing, around: DrawingSurroundings): void {
  if (at === undefined) return
  around.context.fillStyle = around.colours.ink
  paintLabel(around, drawing.words, at.x + besidePx, at.y)
}

function paintTrend({ points: [first, second] }: PaintedDrawing, { context }: DrawingSurroundings): void {
  if (first !== undefined && second !== undefined) strokeLine(context, first, second)
}

function paintBox({ points: [first, second] }: PaintedDrawing, { context, colours }: DrawingSurroundings): void {
  if (first === undefined || second === undefined) return
  const box = [first.x, first.y, second.x - first.x, second.y - first.y] as const
  context.fillStyle = faded(colours.series[0], 0.1)
  context.fillRect(...box)
  context.strokeRect(...box)
}

function paintFib({ drawing: { anchors: [first, second] }, points: [from, to] }: PaintedDrawing, around: DrawingSurroundings): void {
  if (first === undefined || second === undefined || from === undefined || to === undefined) return
  const left = Math.min(from.x, to.x)
  const right = Math.max(from.x, to.x)
  for (const share of fibShares) {
    const ticks = fibTicks(first, second, share)
    const y = Math.round(around.yOfTicks(ticks)) + 0.5
    strokeLine(around.context, { x: left, y }, { x: right, y })
    paintLabel(around, `${share}  ${around.printTicks(ticks)}`, left + 4, y - 8)
  }
}

function paintMeasure({ drawing, points: [first, second] }: PaintedDrawing, around: DrawingSurroundings): void {
  if (first === undefined || second === undefined) return
  const { context, colours } = around
  const isUp = second.y <= first.y
  context.strokeStyle = isUp ? colours.up : colours.down
  context.fillStyle = faded(isUp ? colours.up : colours.down, 0.12)
  context.fillRect(first.x, first.y, second.x - first.x, second.y - first.y)
  strokeLine(context, { x: first.x, y: second.y }, second)
  strokeLine(context, first, { x: first.x, y: second.y })
  context.fillStyle = colours.ink
  paintLabel(around, around.measureText(drawing), Math.min(first.x, second.x) + 6, second.y + (isUp ? -12 : 12))
}

function paintHandles({ drawing: { kind }, points }: PaintedDrawing, { context, colours, width }: DrawingSurroundings): void {
  context.lineWidth = 1.5
  context.fillStyle = colours.ground
  context.strokeStyle = colours.ink
  for (const { x, y } of points) {
    context.beginPath()
    context.arc(kind === 'level' || kind === 'alert' ? width / 2 : x, y, 4, 0, 2 * Math.PI)
    context.fill()
    context.stroke()
  }
}

/** How wide the words of a text are, for the pointer that looks for them. */
export function wordsWidth(context: CanvasRenderingContext2D, colours: ChartColours, words: string): number {
  context.font = fontOf(colours)
  return context.measureText(words).width + besidePx
}
