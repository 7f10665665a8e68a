/** A chart that has something to draw. */
export interface TurnTaker {
  /** Draws what came since its last turn. */
  takeTurn(): void
}

const waiting = new Set<TurnTaker>()
let frame = 0

/**
 * One chart a frame: the charts' own work is the heaviest on the screen, and all of them in one frame would be a long one.
 * Whoever waits already keeps its place, so that none is passed over.
 */
export function planTurn(chart: TurnTaker): void {
  waiting.add(chart)
  if (frame === 0) frame = requestAnimationFrame(nextTurn)
}

export const cancelTurn = (chart: TurnTaker): void => void waiting.delete(chart)

function nextTurn(): void {
  frame = 0
  const [first] = waiting
  if (first === undefined) return
  waiting.delete(first)
  if (waiting.size > 0) frame = requestAnimationFrame(nextTurn)
  first.takeTurn()
}
