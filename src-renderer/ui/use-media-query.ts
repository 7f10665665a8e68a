import { useSyncExternalStore } from 'react'

export function useMediaQuery(query: string): boolean {
  const follow = (changed: () => void): (() => void) => {
    const list = matchMedia(query)
    list.addEventListener('change', changed)
    return () => list.removeEventListener('change', changed)
  }
  return useSyncExternalStore(follow, () => matchMedia(query).matches)
}
