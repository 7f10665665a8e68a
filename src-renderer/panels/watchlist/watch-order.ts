import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import { dayChange, spreadTicks, type HeardQuote } from '../../stores/market-quotes.ts'
import { drawnSteps } from '../../format/price.ts'
import type { WatchChoices, WatchColumn } from '../../stores/market-watchlist.ts'

/** A quote as it was when the rows were last put in order. */
export type SeenQuote = Pick<HeardQuote, 'quote' | 'heardAt'>

interface WatchOrderInput {
  readonly list: readonly InstrumentView[]
  readonly choices: WatchChoices
  readonly query: string
  readonly heard: (instrument: string) => SeenQuote | undefined
}

/** The instruments that are shown, in the order that is wished. Those whose figure is not known come last, either way round. */
export function watchOrder({ list, choices, query, heard }: WatchOrderInput): readonly InstrumentView[] {
  const shown = list.filter((each) => isInGroup(each, choices) && isFound(each, query))
  const direction = choices.isDescending ? -1 : 1
  if (choices.column === 'symbol') return shown.toSorted((left, right) => direction * compareText(left.id, right.id))
  const keys = new Map(shown.map((each) => [each.id, figureOf(each, choices.column, heard(each.id))]))
  return shown.toSorted((left, right) => {
    const [one, other] = [keys.get(left.id), keys.get(right.id)]
    if (one === undefined || other === undefined) return one === other ? compareText(left.id, right.id) : one === undefined ? 1 : -1
    return direction * (one - other) || compareText(left.id, right.id)
  })
}

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0)

function isInGroup({ id, kind }: InstrumentView, { group, favourites }: WatchChoices): boolean {
  if (group === 'all') return true
  return group === 'favourites' ? favourites.includes(id) : kind === group
}

/** Each word of what was typed is somewhere in its names. */
function isFound({ id, name, base, sector }: InstrumentView, query: string): boolean {
  const names = `${id} ${name} ${base} ${sector}`.toLowerCase()
  return query.toLowerCase().split(/\s+/).every((word) => names.includes(word))
}

/** To be compared, and for nothing else: a float is good enough for the place in a list. */
function figureOf(
  { tick, lot }: InstrumentView, column: WatchColumn, heard: SeenQuote | undefined,
): number | undefined {
  if (heard === undefined) return undefined
  const { quote } = heard
  const price = (ticks: number | null | undefined): number | undefined => (ticks === null || ticks === undefined ? undefined : drawnSteps(ticks, tick))
  switch (column) {
    case 'last': return price(quote.last)
    case 'bid': return price(quote.bid)
    case 'ask': return price(quote.ask)
    case 'spread': return price(spreadTicks(quote))
    case 'change': return dayChange(quote)
    case 'volume': return quote.dayVolume === null ? undefined : drawnSteps(quote.dayVolume, lot)
    case 'age': return quote.at === null ? undefined : -heard.heardAt
    case 'symbol': return undefined
  }
}
