import type { BooksFeed } from '../store/index.ts'
import type { BooksTrouble } from './books-trouble.ts'

/** When the read model has everything; a try that failed for now says nothing of that. */
export interface FirstLevel {
  /** Whether it has had everything since it last began anew. */
  isLevel(): boolean
  /** Settled when it has for the first time, or with why it never will. */
  readonly level: Promise<BooksTrouble | undefined>
}

export interface FirstLevelParts {
  readonly feed: Pick<BooksFeed, 'state' | 'onState'>
  readonly onAnew: (listener: () => void) => void
  /** A damage that a try has met. */
  readonly damage: () => BooksTrouble | undefined
}

export function watchFirstLevel({ feed, onAnew, damage }: FirstLevelParts): FirstLevel {
  const { promise: level, resolve } = Promise.withResolvers<BooksTrouble | undefined>()
  let isLevel = false
  const look = (): void => {
    if (feed.state.is === 'level') {
      isLevel = true
      resolve(undefined)
    } else if (feed.state.is === 'behind') {
      const met = damage()
      if (met !== undefined) resolve(met)
    }
  }
  onAnew(() => (isLevel = false))
  feed.onState(look)
  look()
  return { isLevel: () => isLevel, level }
}
