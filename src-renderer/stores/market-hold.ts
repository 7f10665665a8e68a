import type { ScreenBridge } from '../bridge/screen-bridge.ts'

/** Something that runs while at least one holds it: a stream costs nothing while no panel that can be seen needs it. */
export interface Hold {
  /** Somebody needs it. Returns what says that he does not any more; saying so twice counts once. */
  (bridge: ScreenBridge): () => void
  /** Begins anew, for those who hold it, what has ended by itself. */
  restart(bridge: ScreenBridge): void
}

/** The parts begin something at the engine and return what ends it. */
export function createHold(begin: (bridge: ScreenBridge) => () => void): Hold {
  let holders = 0
  let end: (() => void) | undefined
  const hold = (bridge: ScreenBridge): (() => void) => {
    holders += 1
    end ??= begin(bridge)
    let isReleased = false
    return () => {
      if (isReleased) return
      isReleased = true
      holders -= 1
      if (holders > 0) return
      end?.()
      end = undefined
    }
  }
  const restart = (bridge: ScreenBridge): void => {
    if (end === undefined) return
    end()
    end = begin(bridge)
  }
  return Object.assign(hold, { restart })
}

/** One of these for each instrument, made when it is first asked for. */
export function createHolds(begin: (bridge: ScreenBridge, instrument: string) => () => void): (instrument: string) => Hold {
  const holds = new Map<string, Hold>()
  return (instrument) => {
    const hold = holds.get(instrument) ?? createHold((bridge) => begin(bridge, instrument))
    holds.set(instrument, hold)
    return hold
  }
}
