import { useCallback, useLayoutEffect, useState, type RefObject } from 'react'
import { scrollToSee, visibleLines, type LineWindow } from './visible-lines.ts'

const headHeight = 24

interface Seen {
  readonly scrolled: number
  readonly height: number
}

interface FollowedWindow {
  readonly window: LineWindow
  /** Looks where it is scrolled to. */
  readonly follow: () => void
  /** Scrolls no further than it must. */
  readonly see: (line: number) => void
}

/** So far it scrolls before anything is drawn anew: the lines that are drawn reach further. */
const stepLines = 8

/** Which lines of a scrolled element are drawn. It is told anew only when the window moves by a whole step. */
export function useLineWindow(element: RefObject<HTMLElement | null>, lineHeight: number, count: number): FollowedWindow {
  const [seen, setSeen] = useState<Seen>({ scrolled: 0, height: 0 })
  const follow = useCallback(() => {
    const { current } = element
    if (current === null) return
    const step = stepLines * lineHeight
    const next = { scrolled: Math.floor(current.scrollTop / step) * step, height: current.clientHeight + step }
    setSeen((before) => (before.scrolled === next.scrolled && before.height === next.height ? before : next))
  }, [element, lineHeight])
  useLayoutEffect(() => {
    const { current } = element
    if (current === null) return undefined
    // It tells the first size at once.
    const sizes = new ResizeObserver(follow)
    sizes.observe(current)
    return () => sizes.disconnect()
  }, [element, follow])
  const see = useCallback((line: number) => {
    const { current } = element
    if (current === null) return
    const to = scrollToSee(line, { scrolled: current.scrollTop, height: current.clientHeight, lineHeight, head: headHeight })
    if (to !== undefined) current.scrollTo({ top: to })
  }, [element, lineHeight])
  return { window: visibleLines(seen.scrolled, seen.height, lineHeight, count), follow, see }
}
