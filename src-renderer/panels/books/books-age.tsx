import { useCallback, type ReactNode } from 'react'
import { ageText, clockText } from '../../../src-preload/contract/text/index.ts'
import { engineWallMs, useEngineClock } from '../../stores/engine-clock.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'

/** `3 min ago`, or `in 12 h` for what is still to come. */
export function BooksAge({ since }: { readonly since: number }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      if (wallMs === undefined) return clockText(since)
      const age = wallMs - since
      return age >= 0 ? text('screen.connection.ago', { age: ageText(locale, age) }) : text('screen.books.in', { age: ageText(locale, -age) })
    },
    [since, locale, text],
  )
  return <LiveText read={read} />
}
