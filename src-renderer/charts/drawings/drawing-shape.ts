import type { DrawingKind } from './drawing.ts'

export interface Point {
  readonly x: number
  readonly y: number
}

/** What of a drawing the pointer is on: one of its anchors, or the whole. */
export type Hit = { readonly anchor: number } | 'whole'

/** As near as a hand gets: a thumb wants more than a mouse. */
export const reachPx = { mouse: 6, touch: 16 } as const

const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y)

export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const length = distance(from, to)
  if (length === 0) return distance(point, from)
  const along = ((point.x - from.x) * (to.x - from.x) + (point.y - from.y) * (to.y - from.y)) / length ** 2
  const share = Math.min(1, Math.max(0, along))
  return distance(point, { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) })
}

/** Whether the pointer is on the drawing whose anchors lie at these points. Levels go across the whole width. */
export function hitShape(kind: DrawingKind, points: readonly Point[], pointer: Point, reach: number, textWidth = 0): Hit | undefined {
  const [first, second] = points
  if (first === undefined) return undefined
  const anchor = points.findIndex((each) => distance(each, pointer) <= reach)
  if (anchor >= 0 && points.length > 1) return { anchor }
  if (kind === 'level' || kind === 'alert') return Math.abs(pointer.y - first.y) <= reach ? 'whole' : undefined
  if (kind === 'text') {
    const isInside = pointer.x >= first.x - reach && pointer.x <= first.x + textWidth + reach && Math.abs(pointer.y - first.y) <= 8 + reach
    return isInside ? 'whole' : undefined
  }
  if (second === undefined) return undefined
  if (kind === 'trend') return distanceToSegment(pointer, first, second) <= reach ? 'whole' : undefined
  return isOnBox(kind, first, second, pointer, reach) ? 'whole' : undefined
}

/** A rectangle is taken by its edge, so that the chart within can still be dragged; a measure and a fib by all of it. */
function isOnBox(kind: DrawingKind, first: Point, second: Point, { x, y }: Point, reach: number): boolean {
  const left = Math.min(first.x, second.x)
  const right = Math.max(first.x, second.x)
  const top = Math.min(first.y, second.y)
  const bottom = Math.max(first.y, second.y)
  const isWithin = (by: number): boolean => x >= left - by && x <= right + by && y >= top - by && y <= bottom + by
  if (kind !== 'rectangle') return isWithin(reach)
  return isWithin(reach) && !isWithin(-reach)
}
