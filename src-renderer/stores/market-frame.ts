/** Draws what has changed. It is called in the browser's next frame, once, however often it was asked for. */
export type Painter = (now: number) => void

const waiting = new Set<Painter>()
let frame = 0

function paintAll(now: number): void {
  frame = 0
  const painters = [...waiting]
  waiting.clear()
  for (const paint of painters) paint(now)
}

/** The one frame that all panels of the market share. */
export function planPaint(paint: Painter): void {
  waiting.add(paint)
  if (frame === 0) frame = requestAnimationFrame(paintAll)
}

export function cancelPaint(paint: Painter): void {
  waiting.delete(paint)
  if (waiting.size > 0 || frame === 0) return
  cancelAnimationFrame(frame)
  frame = 0
}
