import { useEffect, useState, type RefObject } from 'react'

/** Whether any of it can be seen: not behind a tab, not scrolled away, not in a window that is hidden. */
export function useShown(element: RefObject<Element | null>): boolean {
  const [isIn, setIn] = useState(false)
  const [isPageShown, setPageShown] = useState(() => !document.hidden)
  useEffect(() => {
    const watched = element.current
    if (watched === null) return undefined
    // A panel behind a tab is taken out of the page; that, too, is told as no longer crossing it.
    const crossings = new IntersectionObserver((entries) => setIn(entries.at(-1)?.isIntersecting ?? false))
    crossings.observe(watched)
    const look = (): void => setPageShown(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => {
      crossings.disconnect()
      document.removeEventListener('visibilitychange', look)
    }
  }, [element])
  return isIn && isPageShown
}
