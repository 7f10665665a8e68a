import { rawOf } from '../base/index.ts'
import { signOf, type EngineEvent, type Side } from '../domain/index.ts'
import type { AnyEvent } from '../engine/index.ts'
import type { JournalRecord } from '../ports/index.ts'
import { anyEventOfRecord } from '../runtime/index.ts'
import { TraceHash } from './trace-hash.ts'

const recentKept = 1_000

/** What an unknown order has to become before somebody knows. */
const known: ReadonlySet<AnyEvent['kind']> = new Set<AnyEvent['kind']>([
  'order-working', 'order-filled', 'order-rejected', 'order-absent', 'order-canceled', 'order-expired',
])

/**
 * Counts from what is on the disk, and from nothing else: each record once, over all crashes. It folds fills into positions by itself, so
 * that the engine's own figures can be held against them.
 */
export class Tally {
  orders = 0
  fills = 0
  refused = 0
  unknownOpened = 0
  unknownResolved = 0
  breaksSeen = 0
  stuckSeen = 0
  readonly hash = new TraceHash()
  readonly positions = new Map<string, number>()
  readonly #breaks = new Set<string>()
  readonly #unknown = new Set<string>()
  readonly #stuck = new Set<string>()
  /** Of orders that are not over. */
  readonly #sides = new Map<string, { readonly instrument: string; readonly side: Side }>()
  readonly recent: EngineEvent[] = []
  #counted = 0
  lastEvent = 0

  /** The record may have been counted before: a crash brings back what was durable. */
  count(record: JournalRecord): void {
    if (record.sequence <= this.#counted) return
    this.#counted = record.sequence
    this.hash.add('record', record)
    const event = anyEventOfRecord(record)
    if (event === undefined) return
    this.lastEvent = event.sequence
    this.#countEvent(event)
  }

  /** Orders that still wait for a person: whatever else was stuck, the program settled by itself. */
  get stuck(): number {
    return this.#stuck.size
  }

  get openBreaks(): readonly string[] {
    return [...this.#breaks]
  }

  #countEvent(event: AnyEvent): void {
    if ('order' in event && known.has(event.kind)) {
      this.#stuck.delete(event.order)
      if (this.#unknown.delete(event.order)) this.unknownResolved += 1
    }
    switch (event.kind) {
      case 'engine-started': case 'mode-changed': case 'mode-refused': case 'clock-jumped': case 'journal-troubled':
      case 'journal-recovered':
        this.recent.push(event)
        if (this.recent.length > recentKept) this.recent.shift()
        return
      case 'order-intended':
        this.orders += 1
        this.#sides.set(event.order, event.spec)
        return
      case 'external-adopted': this.#sides.set(event.order, event.view); return
      case 'order-filled': return this.#move(event.order, rawOf(event.trade.lots), 1)
      case 'fill-superseded': return this.#move(event.order, rawOf(event.trade.lots), -1)
      case 'command-refused': case 'order-denied': this.refused += 1; return
      case 'order-unknown':
        if (!this.#unknown.has(event.order)) this.unknownOpened += 1
        this.#unknown.add(event.order)
        return
      case 'order-stuck':
        this.stuckSeen += 1
        this.#stuck.add(event.order)
        return
      case 'break-seen':
        this.breaksSeen += 1
        this.#breaks.add(breakName(event))
        return
      case 'break-healed': this.#breaks.delete(breakName(event)); return
      default:
    }
  }

  #move(order: string, lots: number, times: 1 | -1): void {
    const known = this.#sides.get(order)
    if (known === undefined) throw new Error(`a fill of ${order}, which no record speaks of before`)
    this.fills += times
    this.positions.set(known.instrument, (this.positions.get(known.instrument) ?? 0) + times * signOf(known.side) * lots)
  }
}

type Break = Extract<AnyEvent, { readonly kind: 'break-seen' | 'break-healed' }>

const breakName = ({ account, instrument = 'account', what }: Break): string =>
  `${account} ${instrument} ${what}`
