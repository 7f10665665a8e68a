import type { QuoteState, ServerMessage } from '../../src-preload/contract/index.ts'
import { bridgeError } from '../../src-preload/contract/index.ts'
import type { Rewrite } from '../e2e/screen/rewritten-line.ts'

/** What can be the matter with a panel of the market. `absent`: this profile has no source; `empty`: nothing was traded yet. */
export type MarketSight = 'absent' | 'empty' | 'loading' | 'live' | 'stale' | 'crossed' | 'down' | 'error'
export const marketSights: readonly MarketSight[] = ['absent', 'empty', 'loading', 'live', 'stale', 'crossed', 'down', 'error']

type Fields = Readonly<Record<string, unknown>>
const fieldsOf = (value: unknown): Fields => value as Fields
const listOf = (value: unknown): readonly Fields[] => value as readonly Fields[]

/** What the engine would say of it, made from what it says of a market that stands still. */
export function sightOf(sight: MarketSight): Rewrite {
  return (message, name) => {
    if (!name.startsWith('market.')) return message
    if (message.kind === 'done') return answerIn(sight, message, name)
    if (message.kind !== 'snapshot' && message.kind !== 'delta') return message
    if (sight === 'loading') return undefined
    if (sight === 'error' && name !== 'market.feed') return { kind: 'ended', id: message.id, error: refused(name) }
    return { ...message, value: toldIn(sight, fieldsOf(message.value), name) }
  }
}

const refused = (name: string) =>
  name.startsWith('market.candle') ? bridgeError('market.past-unavailable', { instrument: 'BTC/USD' }) : bridgeError('bridge.too-many-streams', { limit: 64 })

function answerIn(sight: MarketSight, message: Extract<ServerMessage, { kind: 'done' }>, name: string): ServerMessage | undefined {
  if (name === 'market.instruments') return sight === 'absent' ? { ...message, output: { instruments: [] } } : message
  if (name !== 'market.candles') return message
  if (sight === 'loading') return undefined
  if (sight === 'error') return { kind: 'failed', id: message.id, error: refused(name) }
  return sight === 'empty' ? { ...message, output: emptied(fieldsOf(message.output)) } : message
}

/** The same shape without anything in it. */
const emptied = (value: Fields): Fields => Object.fromEntries(
  Object.entries(value).map(([key, each]) => [key, Array.isArray(each) ? [] : each === true ? false : each]),
)

const states: Readonly<Record<MarketSight, QuoteState>> = {
  absent: 'down', empty: 'live', loading: 'live', live: 'live', stale: 'stale', crossed: 'crossed', down: 'down', error: 'live',
}

function toldIn(sight: MarketSight, value: Fields, name: string): Fields {
  const state = states[sight]
  if (name === 'market.feed') return { ...value, ...feedIn(sight) }
  if (name === 'market.quotes') {
    const quotes = sight === 'absent' ? [] : listOf(value['quotes']).map((quote) => (sight === 'empty' ? { ...unquoted(quote), state } : { ...quote, state }))
    return { quotes }
  }
  if (sight === 'empty') return name === 'market.book' ? { ...emptied(value), state } : emptied(value)
  return name === 'market.book' ? { ...value, state } : value
}

const unquoted = (quote: Fields): Fields =>
  Object.fromEntries(Object.entries(quote).map(([key, each]) => [key, key === 'instrument' ? each : null]))

function feedIn(sight: MarketSight): Fields {
  if (sight === 'absent') return { venue: '', state: 'down', reason: 'absent', demo: null, eventsPerSecond: 0 }
  if (sight === 'down') return { state: 'down', reason: 'broken', eventsPerSecond: 0 }
  return { state: 'live', reason: 'none', eventsPerSecond: 412 }
}
