/** What a plot of the last measurements needs to be drawn; colours come from the theme's tokens. */
export interface HistoryPlot {
  readonly values: readonly number[]
  /** How many measurements fit; the newest is at the right edge. */
  readonly capacity: number
  readonly look: 'bars' | 'line'
  /** From where on a measurement asks for attention; a dotted line where the scale reaches it. */
  readonly threshold: number
  /** The scale is never finer than this, so that calm looks calm. */
  readonly scaleAtLeast: number
  /** The words at the upper and lower end of the scale. */
  readonly printScale: (value: number) => string
}

export interface PlotColours {
  readonly line: string
  readonly measure: string
  readonly attention: string
  readonly text: string
}

export interface PlotSize {
  readonly width: number
  readonly height: number
}

const topMargin = 14
const bottomMargin = 4
const scaleSteps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000] as const

/** The end of the scale: a round figure, so that it changes seldom. */
export function scaleEnd(values: readonly number[], atLeast: number): number {
  const peak = Math.max(atLeast, ...values.map(Math.abs))
  return scaleSteps.find((step) => step >= peak) ?? peak
}

export function drawHistory(context: CanvasRenderingContext2D, size: PlotSize, plot: HistoryPlot, colours: PlotColours): void {
  context.clearRect(0, 0, size.width, size.height)
  const end = scaleEnd(plot.values, plot.scaleAtLeast)
  const isSigned = plot.look === 'line'
  const height = size.height - topMargin - bottomMargin
  const zero = isSigned ? topMargin + height / 2 : topMargin + height
  const y = (value: number): number => zero - (value / end) * (isSigned ? height / 2 : height)

  drawRule(context, size.width, y(end), colours.line, [])
  drawRule(context, size.width, zero, colours.line, [])
  if (plot.threshold <= end) drawRule(context, size.width, y(plot.threshold), colours.text, [1, 3])
  if (isSigned) drawLine(context, size, plot, colours, y)
  else drawBars(context, size, plot, colours, y, zero)

  context.fillStyle = colours.text
  context.textAlign = 'right'
  context.fillText(plot.printScale(end), size.width, topMargin - 4)
}

function drawRule(context: CanvasRenderingContext2D, width: number, at: number, colour: string, dashes: readonly number[]): void {
  context.strokeStyle = colour
  context.lineWidth = 1
  context.setLineDash([...dashes])
  context.beginPath()
  context.moveTo(0, Math.round(at) + 0.5)
  context.lineTo(width, Math.round(at) + 0.5)
  context.stroke()
  context.setLineDash([])
}

/** The left edge of a measurement's place. */
const placeOf = (nth: number, plot: HistoryPlot, width: number): number =>
  ((plot.capacity - plot.values.length + nth) / plot.capacity) * width

function drawBars(
  context: CanvasRenderingContext2D, size: PlotSize, plot: HistoryPlot, colours: PlotColours, y: (value: number) => number,
  zero: number,
): void {
  const width = Math.max(1, Math.floor(size.width / plot.capacity) - 1)
  plot.values.forEach((value, nth) => {
    const isOver = value > plot.threshold
    context.fillStyle = isOver ? colours.attention : colours.measure
    const top = Math.min(y(value), zero - 1)
    context.fillRect(Math.round(placeOf(nth, plot, size.width)), top, width, zero - top)
  })
}

function drawLine(
  context: CanvasRenderingContext2D, size: PlotSize, plot: HistoryPlot, colours: PlotColours, y: (value: number) => number,
): void {
  context.strokeStyle = plot.values.some((value) => Math.abs(value) > plot.threshold) ? colours.attention : colours.measure
  context.lineWidth = 1.25
  context.lineJoin = 'round'
  context.beginPath()
  plot.values.forEach((value, nth) => {
    const x = placeOf(nth + 1, plot, size.width)
    if (nth === 0) context.moveTo(x, y(value))
    else context.lineTo(x, y(value))
  })
  context.stroke()
}
