/** Three crashes in ten minutes are not bad luck: a fourth start would trade on a broken engine. */
export const crashesMax = 3
export const crashWindowMs = 10 * 60_000
const delaysMs = [250, 1_000] as const

export interface RestartPolicy {
  /** How long to wait before the next start, or undefined when the engine has to stay down. */
  afterCrash(nowMs: number): number | undefined
  /** A person asked for another try. */
  forgive(): void
}

export function createRestartPolicy(): RestartPolicy {
  let crashes: number[] = []
  return {
    afterCrash(nowMs) {
      crashes = [...crashes.filter((at) => nowMs - at < crashWindowMs), nowMs]
      if (crashes.length >= crashesMax) return undefined
      return delaysMs[crashes.length - 1] ?? 1_000
    },
    forgive() {
      crashes = []
    },
  }
}
