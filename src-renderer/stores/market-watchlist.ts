import { create } from 'zustand'
import { isRecord, keep, keptPlaceOf, readKept } from './kept-text.ts'

export const watchGroups = ['all', 'favourites', 'spot', 'perpetual', 'equity'] as const
export type WatchGroup = (typeof watchGroups)[number]

export const watchColumns = ['symbol', 'last', 'change', 'bid', 'ask', 'spread', 'volume', 'age'] as const
export type WatchColumn = (typeof watchColumns)[number]

export interface WatchChoices {
  readonly group: WatchGroup
  readonly column: WatchColumn
  readonly isDescending: boolean
  readonly favourites: readonly string[]
}

export const watchlistKey = 'ballast.watchlist'
const version = 1
/** What the engine can name; more were not put there by a person. */
const favouritesMax = 200

export const defaultWatchChoices: WatchChoices = { group: 'all', column: 'symbol', isDescending: false, favourites: [] }

/** What cannot be read of it is as it was at first; the rest is kept. */
export function parseWatchChoices(json: unknown): WatchChoices | undefined {
  if (!isRecord(json) || json['version'] !== version) return undefined
  const { group, column, isDescending, favourites } = json
  return {
    group: watchGroups.find((each) => each === group) ?? defaultWatchChoices.group,
    column: watchColumns.find((each) => each === column) ?? defaultWatchChoices.column,
    isDescending: isDescending === true,
    favourites: Array.isArray(favourites) ? favourites.filter((each) => typeof each === 'string').slice(0, favouritesMax) : [],
  }
}

export const printWatchChoices = (choices: WatchChoices): string => JSON.stringify({ version, ...choices })

const place = keptPlaceOf(() => localStorage)

export const useWatchlist = create<WatchChoices>()(() => readKept(place, watchlistKey, parseWatchChoices) ?? defaultWatchChoices)

useWatchlist.subscribe((choices) => keep(place, watchlistKey, printWatchChoices(choices)))

export const toggleFavourite = (instrument: string): void =>
  useWatchlist.setState(({ favourites }) => ({
    favourites: favourites.includes(instrument) ? favourites.filter((each) => each !== instrument) : [...favourites, instrument].slice(-favouritesMax),
  }))

/** The same column again turns it round. Figures begin with the largest, names with A. */
export const sortWatchlist = (column: WatchColumn): void =>
  useWatchlist.setState((choices) => ({
    column, isDescending: choices.column === column ? !choices.isDescending : column !== 'symbol',
  }))
