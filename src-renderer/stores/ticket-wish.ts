import type { Contract, InputOf, OrderWish, SizeWish, TradableView } from '../../src-preload/contract/index.ts'
import type { Locale } from '../../src-preload/contract/text/index.ts'
import { stepsTowards, type PriceStep, type RoundingDirection } from '../format/price.ts'
import { hasExits, hasLimit, hasTrail, hasTrigger, type TicketDraft, type TicketField } from './ticket-draft.ts'

/**
 * From what was typed to what is asked for. It must never ask for more than was typed.
 * Invariants: 1 a quantity and an amount of money are only ever rounded down; 2 a limit price is never rounded to a worse one than was typed: down for a
 * buy, up for a sale; 3 a trigger is rounded to the price that is reached earlier.
 */
export type TicketWish = Extract<InputOf<Contract['trading.preview']>, { readonly of: 'place' | 'place-group' }>

export interface TicketGrounds {
  readonly account: string
  readonly instrument: string
  readonly tick: PriceStep
  readonly lot: PriceStep
  readonly tradable: TradableView
  /** Of the currency that cash is counted in, and of the one that risk is. */
  readonly cash: PriceStep
  readonly risk: PriceStep
}

export interface Rounded {
  readonly field: TicketField
  readonly steps: number
  readonly direction: RoundingDirection
}

export type TicketReading =
  | { readonly kind: 'incomplete'; readonly field: TicketField }
  | { readonly kind: 'wrong'; readonly field: TicketField }
  | { readonly kind: 'ready'; readonly wish: TicketWish; readonly rounded: readonly Rounded[] }

/** A percentage with nine places less two is billionths. */
const percentStep: PriceStep = { units: 1, decimals: 7 }

type Read = { readonly kind: 'empty' } | { readonly kind: 'wrong' } | { readonly kind: 'read'; readonly steps: number }

/** One reading: the roundings that it led to, and the first field that stands in the way. */
class FieldReader {
  readonly #locale: Locale
  readonly rounded: Rounded[] = []
  trouble: Exclude<TicketReading, { readonly kind: 'ready' }> | undefined

  constructor(locale: Locale) {
    this.#locale = locale
  }

  /** Undefined where it may not be left out, and is, or makes no sense: then the trouble is told. */
  need(field: TicketField, typed: string, step: PriceStep, direction: RoundingDirection): number | undefined {
    const read = this.#read(field, typed, step, direction)
    if (read.kind === 'read') return read.steps
    this.trouble ??= { kind: read.kind === 'empty' ? 'incomplete' : 'wrong', field }
    return undefined
  }

  allow(field: TicketField, typed: string, step: PriceStep, direction: RoundingDirection): number | undefined {
    return typed.trim() === '' ? undefined : this.need(field, typed, step, direction)
  }

  #read(field: TicketField, typed: string, step: PriceStep, direction: RoundingDirection): Read {
    if (typed.trim() === '') return { kind: 'empty' }
    const found = stepsTowards(this.#locale, typed, step, direction)
    if (found === undefined || found.steps < 1) return { kind: 'wrong' }
    // The stop may be read twice: for itself, and for a size that rests on it.
    if (!found.isExact && !this.rounded.some((each) => each.field === field)) this.rounded.push({ field, steps: found.steps, direction })
    return { kind: 'read', steps: found.steps }
  }
}

/** Stops are reached from one side, targets from the other. */
const earlier = (kind: 'stop' | 'target', side: TicketDraft['side']): RoundingDirection => ((kind === 'stop') === (side === 'buy') ? 'down' : 'up')

export function readTicket(locale: Locale, draft: TicketDraft, grounds: TicketGrounds): TicketReading {
  const reader = new FieldReader(locale)
  const entry = readEntry(reader, draft, grounds)
  const exits = hasExits(draft) ? readExits(reader, draft, grounds) : []
  if (reader.trouble !== undefined) return reader.trouble
  if (entry === undefined) return { kind: 'incomplete', field: 'size' }
  const wish: TicketWish = exits.length === 0 ? { of: 'place', order: entry } : { of: 'place-group', group: 'bracket', orders: [entry, ...exits] }
  return { kind: 'ready', wish, rounded: reader.rounded }
}

function readEntry(reader: FieldReader, draft: TicketDraft, { account, instrument, tick, lot, cash, risk }: TicketGrounds): OrderWish | undefined {
  const { side, type } = draft
  const kind = type.startsWith('take-profit') ? 'target' : 'stop'
  const trigger = hasTrigger(type) ? reader.need('trigger', draft.trigger, tick, earlier(kind, side)) : undefined
  const trail = hasTrail(type) ? reader.need('trail', draft.trail, draft.trailBy === 'amount' ? tick : percentStep, 'down') : undefined
  const limit = hasLimit(type) ? reader.need('price', draft.price, tick, side === 'buy' ? 'down' : 'up') : undefined
  const size = readSize(reader, draft, { tick, lot, cash, risk })
  if (size === undefined) return undefined
  return {
    account, instrument, side, type, size, timeInForce: hasLimit(type) ? draft.time : 'gtc',
    ...(limit === undefined ? {} : { limit }),
    ...(trigger === undefined ? {} : { trigger: { price: trigger, source: 'last' as const } }),
    ...(trail === undefined ? {} : { trail: { distance: draft.trailBy === 'amount' ? { by: 'amount' as const, ticks: trail } : { by: 'percent' as const, rate: trail }, source: 'last' as const } }),
    ...(type === 'limit' && draft.postOnly ? { postOnly: true } : {}),
    ...(draft.reduceOnly ? { reduceOnly: true } : {}),
  }
}

function readSize(reader: FieldReader, draft: TicketDraft, { tick, lot, cash, risk }: Pick<TicketGrounds, 'tick' | 'lot' | 'cash' | 'risk'>): SizeWish | undefined {
  const { size, side } = draft
  const stopOf = (): number | undefined => reader.need('stop', draft.stop, tick, earlier('stop', side === 'buy' ? 'sell' : 'buy'))
  switch (draft.sizeBy) {
    case 'quantity': {
      const lots = reader.need('size', size, lot, 'down')
      return lots === undefined ? undefined : { by: 'quantity', lots }
    }
    case 'cash': {
      const amount = reader.need('size', size, cash, 'down')
      return amount === undefined ? undefined : { by: 'cash', cash: amount }
    }
    case 'risk': {
      const amount = reader.need('size', size, risk, 'down')
      const stop = stopOf()
      return amount === undefined || stop === undefined ? undefined : { by: 'risk', amount, stop }
    }
    case 'percent': {
      const rate = reader.need('size', size, percentStep, 'down')
      if (rate === undefined) return undefined
      if (draft.stop.trim() === '' || !hasExits(draft)) return { by: 'equity-part', rate }
      const stop = stopOf()
      return stop === undefined ? undefined : { by: 'risk-part', rate, stop }
    }
  }
}

/** What follows the entry: a stop, a target, or both, each for all that the entry fills. */
function readExits(reader: FieldReader, draft: TicketDraft, { account, instrument, tick }: TicketGrounds): readonly OrderWish[] {
  const side = draft.side === 'buy' ? 'sell' : 'buy'
  const exit = { account, instrument, side, size: { by: 'all' }, timeInForce: 'gtc' } as const
  const stop = reader.allow('stop', draft.stop, tick, earlier('stop', side))
  const target = reader.allow('target', draft.target, tick, side === 'sell' ? 'up' : 'down')
  return [
    ...(stop === undefined ? [] : [{ ...exit, type: 'stop' as const, trigger: { price: stop, source: 'last' as const } }]),
    ...(target === undefined ? [] : [{ ...exit, type: 'limit' as const, limit: target }]),
  ]
}
