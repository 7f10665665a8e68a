type TickListener = (now: number) => void

/** Ten times a second: faster than that nobody reads a figure. */
const tickMs = 100

const listeners = new Set<TickListener>()
let timer: ReturnType<typeof setInterval> | undefined

/** The one clock that ages and times on the screen run by. It stands still while nobody listens. */
export function onTick(listener: TickListener): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    const now = performance.now()
    for (const each of [...listeners]) each(now)
  }, tickMs)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}
