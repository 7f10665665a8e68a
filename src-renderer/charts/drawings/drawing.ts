/** A place on a chart that stays where it is, whatever bars are loaded: a time and a price. */
export interface Anchor {
  /** Milliseconds. */
  readonly time: number
  readonly ticks: number
}

/** How many anchors each kind has. An alert is a level that says so when the price crosses it. */
export const anchorsOf = { trend: 2, level: 1, rectangle: 2, fib: 2, measure: 2, text: 1, alert: 1 } as const

export type DrawingKind = keyof typeof anchorsOf
export const drawingKinds: readonly DrawingKind[] = ['trend', 'level', 'rectangle', 'fib', 'measure', 'text', 'alert']

export interface Drawing {
  readonly id: string
  readonly kind: DrawingKind
  readonly anchors: readonly Anchor[]
  /** Of a text. */
  readonly words: string
}

export const wordsMax = 120
/** More than anybody draws on one instrument, and few enough to be painted in each frame. */
export const drawingsMax = 200

export const moved = (drawing: Drawing, timeMs: number, ticks: number): Drawing => ({
  ...drawing,
  anchors: drawing.anchors.map((anchor) => ({ time: Math.round(anchor.time + timeMs), ticks: Math.round(anchor.ticks + ticks) })),
})

export const withAnchor = (drawing: Drawing, nth: number, anchor: Anchor): Drawing => ({
  ...drawing,
  anchors: drawing.anchors.map((known, each) => (each === nth ? anchor : known)),
})

export const fibShares = [0, 0.236, 0.382, 0.5, 0.618, 0.786, 1] as const

/** The price at such a share of the way back from the second anchor to the first. */
export const fibTicks = (first: Anchor, second: Anchor, share: number): number => second.ticks + (first.ticks - second.ticks) * share
