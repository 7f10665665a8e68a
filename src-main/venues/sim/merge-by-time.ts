import type { MarketEvent } from '../../domain/index.ts'

/** Several streams, each in order of time, as one. Of the same millisecond, the earlier stream comes first, each in its own order. */
export const mergeByTime = (parts: readonly (readonly MarketEvent[])[], into: MarketEvent[]): void => {
  const at = parts.map(() => 0)
  for (;;) {
    let first = -1
    let firstTime = Infinity
    for (let part = 0; part < parts.length; part += 1) {
      const time = parts[part]?.[at[part] as number]?.at
      if (time !== undefined && time < firstTime) {
        firstTime = time
        first = part
      }
    }
    const part = parts[first]
    if (part === undefined) return
    // The whole run of this millisecond, as the other streams cannot come between.
    let next = at[first] as number
    for (let event = part[next]; event !== undefined && event.at === firstTime; event = part[next]) {
      into.push(event)
      next += 1
    }
    at[first] = next
  }
}
