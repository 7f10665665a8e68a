/**
 * How late the loop is. Node's own monitorEventLoopDelay forgets a stall that begins right after a reset (seen with 24.21),
 * so this looks at a timer of its own.
 */
export interface LoopWatch {
  /** The longest stall since this was asked last. */
  takeMs(): number
  dispose(): void
}

const periodMs = 20

export function watchLoop(): LoopWatch {
  let longestMs = 0
  let tickedAt = performance.now()
  const look = (): void => {
    const now = performance.now()
    longestMs = Math.max(longestMs, now - tickedAt - periodMs)
    tickedAt = now
  }
  const timer = setInterval(look, periodMs)
  return {
    takeMs() {
      const taken = longestMs
      longestMs = 0
      return taken
    },
    dispose: () => clearInterval(timer),
  }
}
