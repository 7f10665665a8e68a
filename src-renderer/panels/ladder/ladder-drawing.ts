import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { printSize, printSteps } from '../../format/price.ts'
import type { MarketSurface } from '../../ui/market-canvas.ts'
import type { LadderBook, OwnRow, OwnRows } from './ladder-rows.ts'

export const rowHeight = 20
/** Sizes with more places than this are read by nobody. */
const sizeDecimals = 3
const gap = 6

export interface LadderView {
  readonly instrument: InstrumentView
  readonly locale: Locale
  readonly book: LadderBook
  readonly step: number
  /** The size whose bar is as long as there is room. */
  readonly scale: number
  readonly centre: number
  /** The row of the last trade. */
  readonly lastRow: number | undefined
  readonly hoveredRow: number | undefined
  readonly own: OwnRows
}

export const rowsIn = (height: number): number => Math.max(1, Math.ceil(height / rowHeight))
/** Which row lies at this height. */
export const rowAt = (y: number, height: number, centre: number): number => centre + Math.floor(rowsIn(height) / 2) - Math.floor(y / rowHeight)

interface Columns {
  readonly left: number
  readonly right: number
}

export function drawLadder(surface: MarketSurface, view: LadderView): void {
  const { context, width, height } = surface
  const rows = rowsIn(height)
  const top = view.centre + Math.floor(rows / 2)
  const priceWidth = Math.min(116, Math.max(76, width * 0.34))
  const columns: Columns = { left: Math.round((width - priceWidth) / 2), right: Math.round((width + priceWidth) / 2) }
  context.textBaseline = 'middle'
  for (let nth = 0; nth < rows; nth++) drawRow(surface, view, columns, top - nth, nth * rowHeight)
  drawMiddle(surface, view, top)
}

function drawRow(surface: MarketSurface, view: LadderView, columns: Columns, row: number, y: number): void {
  const { context, width, colours } = surface
  const bid = view.book.bids.get(row)
  const ask = view.book.asks.get(row)
  if (row === view.hoveredRow) {
    context.fillStyle = colours.hover
    context.fillRect(0, y, width, rowHeight)
  }
  if (bid !== undefined) drawSize(surface, view, columns, bid, y, 'bid')
  if (ask !== undefined) drawSize(surface, view, columns, ask, y, 'ask')
  drawPrice(surface, view, columns, row, y)
  const [buy, sell] = [view.own.buy.get(row), view.own.sell.get(row)]
  if (buy !== undefined) drawOwn(surface, view, buy, y, 'buy')
  if (sell !== undefined) drawOwn(surface, view, sell, y, 'sell')
}

/** Our own orders at the outer edge of their side: filled where they rest, an outline where that is not proven. */
function drawOwn({ context, width, colours, font }: MarketSurface, { instrument, locale }: LadderView, { lots, isProven }: OwnRow, y: number, side: 'buy' | 'sell'): void {
  context.font = font(11, 500)
  const words = printSize(locale, lots, instrument.lot, sizeDecimals)
  const wide = Math.ceil(context.measureText(words).width) + 8
  const x = side === 'buy' ? 2 : width - wide - 2
  context.beginPath()
  context.roundRect(x + 0.5, y + 2.5, wide, rowHeight - 5, 2)
  context.fillStyle = isProven ? colours[side] : colours.ground
  context.fill()
  context.strokeStyle = colours[side]
  context.lineWidth = 1
  if (!isProven) context.setLineDash([3, 2])
  context.stroke()
  context.setLineDash([])
  context.fillStyle = isProven ? colours.ground : colours[side]
  context.textAlign = 'center'
  context.fillText(words, x + wide / 2 + 0.5, y + rowHeight / 2 + 0.5)
}

function drawSize(
  surface: MarketSurface, { scale, instrument, locale }: LadderView, columns: Columns, size: number, y: number, side: 'bid' | 'ask',
): void {
  const { context, width, colours, font } = surface
  const room = side === 'bid' ? columns.left : width - columns.right
  const length = Math.max(1, Math.min(1, size / Math.max(1, scale)) * (room - gap))
  context.globalAlpha = 0.2
  context.fillStyle = side === 'bid' ? colours.buy : colours.sell
  context.fillRect(side === 'bid' ? columns.left - length : columns.right, y + 1, length, rowHeight - 2)
  context.globalAlpha = 1
  context.fillStyle = colours.ink
  context.font = font(12)
  context.textAlign = side === 'bid' ? 'right' : 'left'
  const x = side === 'bid' ? columns.left - gap : columns.right + gap
  context.fillText(printSize(locale, size, instrument.lot, sizeDecimals), x, y + rowHeight / 2)
}

function drawPrice(surface: MarketSurface, view: LadderView, columns: Columns, row: number, y: number): void {
  const { context, colours, font } = surface
  const isLast = row === view.lastRow
  const isBest = row === view.book.bestBid || row === view.book.bestAsk
  const { bestBid, bestAsk } = view.book
  if (bestBid !== undefined && row <= bestBid) context.fillStyle = colours.buy
  else context.fillStyle = bestAsk !== undefined && row >= bestAsk ? colours.sell : colours.ink3
  context.font = font(12, isLast || isBest ? 600 : 400)
  context.textAlign = 'right'
  context.fillText(printSteps(view.locale, row * view.step, view.instrument.tick), columns.right - gap * 2, y + rowHeight / 2)
  if (isLast) drawLastMark(surface, columns, y)
}

/** A frame around the price of the last trade, and an arrow that points at it. */
function drawLastMark({ context, colours }: MarketSurface, { left, right }: Columns, y: number): void {
  context.strokeStyle = colours.ink
  context.lineWidth = 1
  context.strokeRect(left + 1.5, y + 1.5, right - left - 3, rowHeight - 3)
  context.fillStyle = colours.ink
  context.beginPath()
  context.moveTo(left + 5, y + 6)
  context.lineTo(left + 10, y + rowHeight / 2)
  context.lineTo(left + 5, y + rowHeight - 6)
  context.fill()
}

/** A line between bids and asks: where the spread is. */
function drawMiddle({ context, width, colours }: MarketSurface, { book }: LadderView, top: number): void {
  context.fillStyle = colours.strongLine
  if (book.bestAsk !== undefined) context.fillRect(0, (top - book.bestAsk + 1) * rowHeight - 1, width, 1)
  if (book.bestBid !== undefined && book.bestBid + 1 !== book.bestAsk) context.fillRect(0, (top - book.bestBid) * rowHeight, width, 1)
}

/** Which side of the prices a press lies on: bids are bought at, asks are sold at. */
export const sideAt = (x: number, width: number): 'buy' | 'sell' => (x < width / 2 ? 'buy' : 'sell')
