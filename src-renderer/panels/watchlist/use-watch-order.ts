import { useEffect, useMemo, useState } from 'react'
import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { heardQuotes } from '../../stores/market-quotes.ts'
import { useWatchlist } from '../../stores/market-watchlist.ts'
import { watchOrder, type SeenQuote } from './watch-order.ts'

/** Figures move all the time; rows must not. */
const reorderEveryMs = 3_000

const lookAround = (): ReadonlyMap<string, SeenQuote> =>
  new Map([...heardQuotes().quotes].map(([instrument, { quote, heardAt }]) => [instrument, { quote, heardAt }]))

/** The rows in their order. They are put in order anew now and then, but never under the pointer or the keyboard. */
export function useWatchOrder(
  list: readonly InstrumentView[], query: string, grid: { readonly current: HTMLElement | null },
): readonly InstrumentView[] {
  const choices = useWatchlist()
  const { column } = choices
  const [seen, setSeen] = useState(lookAround)
  useEffect(() => {
    if (column === 'symbol') return undefined
    // At once for whoever has just asked for this order, wherever his pointer is.
    const first = setTimeout(() => setSeen(lookAround()), 0)
    const timer = setInterval(() => {
      const element = grid.current
      if (element !== null && !element.matches(':hover') && !element.matches(':focus-within')) setSeen(lookAround())
    }, reorderEveryMs)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [column, grid])
  return useMemo(() => watchOrder({ list, choices, query, heard: (instrument) => seen.get(instrument) }), [list, choices, query, seen])
}
