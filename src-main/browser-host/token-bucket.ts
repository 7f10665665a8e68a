/** Allows bursts up to its size and a steady rate after that. */
export interface TokenBucket {
  take(): boolean
}

export function createTokenBucket(size: number, perSecond: number, nowMs: () => number): TokenBucket {
  let tokens = size
  let at = nowMs()
  return {
    take() {
      const now = nowMs()
      tokens = Math.min(size, tokens + ((now - at) * perSecond) / 1_000)
      at = now
      if (tokens < 1) return false
      tokens--
      return true
    },
  }
}
