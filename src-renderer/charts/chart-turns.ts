/** A chart that has something to draw. */
export interface TurnTaker {
  /** Draws what came since its last turn. */
  takeTurn(): void
}

/** Four charts in turn are drawn ten times a second each; one alone as often as all of them together. */
const turnMs = 25

const waiting = new Set<TurnTaker>()
let frame = 0
/** No turn is taken before this: of sixty frames a second forty. */
let due = 0

/**
 * One chart a frame: the charts' own work is the heaviest on the screen, and all of them in one frame would be a long one.
 * Whoever waits already keeps its place, so that none is passed over.
 */
export function planTurn(chart: TurnTaker): void {
  waiting.add(chart)
  if (frame === 0) frame = requestAnimationFrame(nextTurn)
}

export const cancelTurn = (chart: TurnTaker): void => void waiting.delete(chart)

function nextTurn(now: number): void {
  frame = 0
  const [first] = waiting
  if (first === undefined) return
  const isDue = now >= due
  if (isDue) {
    // What was late is not made up for by more than one turn.
    due = Math.max(due, now - turnMs) + turnMs
    waiting.delete(first)
  }
  if (waiting.size > 0) frame = requestAnimationFrame(nextTurn)
  if (isDue) first.takeTurn()
}
