import type { AnchorHead, Vault } from '../store/index.ts'

/**
 * Keeps word of how far the journal reaches outside of its folder, so that somebody who cuts off its end or puts back an
 * older copy is found out. What is not remembered yet cannot be missed, so this runs each minute and at the end.
 */
export interface AnchorKeeper {
  /** When a head was kept last. */
  readonly keptAt: number | undefined
  /** Why it could not be; undefined while it can. */
  readonly failure: string | undefined
  keep(): Promise<void>
  dispose(): void
}

export interface AnchorParts {
  readonly vault: Pick<Vault, 'keepAnchor'>
  readonly head: () => AnchorHead
  readonly now: () => number
  readonly onChange: () => void
}

const periodMs = 60_000

export function createAnchorKeeper({ vault, head, now, onChange }: AnchorParts): AnchorKeeper {
  let keptAt: number | undefined
  let failure: string | undefined
  let last: AnchorHead | undefined
  let running: Promise<void> | undefined
  let next: Promise<void> | undefined
  const keepNow = async (): Promise<void> => {
    const present = head()
    // Nothing new: the keychain need not be troubled, but what is kept still holds.
    if (present.sequence === last?.sequence && failure === undefined) {
      keptAt = now()
      return
    }
    const kept = await vault.keepAnchor(present)
    failure = kept.ok ? undefined : kept.trouble.kind
    if (kept.ok) {
      last = present
      keptAt = now()
    }
    onChange()
  }
  // One at a time, and one more at the most: it keeps the head of its own moment, which is the one that is asked for.
  const keep = (): Promise<void> => {
    if (running === undefined) return (running = keepNow().finally(() => (running = undefined)))
    return (next ??= running.then(() => {
      next = undefined
      return keep()
    }))
  }
  const timer = setInterval(() => void keep(), periodMs)
  return {
    get keptAt() {
      return keptAt
    },
    get failure() {
      return failure
    },
    keep,
    dispose: () => clearInterval(timer),
  }
}
