import type { CommandAnswerView, OrderView, VerdictView } from '../../src-preload/contract/index.ts'
import type { OrderId, Side, Tradable, TradingEvent } from '../domain/index.ts'
import type { CommandAnswer, EngineSetup, OurOrder } from '../engine/index.ts'
import type { Runtime, TradingView } from '../runtime/index.ts'
import { ClientKeys } from './client-keys.ts'
import { DayBook } from './day-book.ts'
import { FillTape } from './fill-tape.ts'
import { marksOf, type DeskMarks, type QuoteReader } from './marks.ts'
import { OrderNotes } from './order-notes.ts'
import { orderViewOf } from './order-view.ts'
import type { PaperDesk } from './paper-desk.ts'
import { refusalViewOf } from './refusal-views.ts'
import { sampleOf, type EquitySample } from './equity-sample.ts'
import type { EquityRecord, TradingHistory } from './trading-history.ts'

export interface TradingDeskParts {
  readonly runtime: Runtime
  /** Absent: this profile trades nowhere. */
  readonly setup: EngineSetup | undefined
  /** What the market says now. Absent: nothing here has a price. */
  readonly quote?: QuoteReader
  /** Absent: nothing past is kept here. */
  readonly history?: TradingHistory
  /** Absent: not on the simulated exchange. */
  readonly paper?: PaperDesk
  /** A bug in telling; the reader that it met is told no more, and trading goes on. */
  readonly onBug?: (error: unknown) => void
}

/** What there is to see once the books are open. */
export interface OpenTrading {
  readonly setup: EngineSetup
  readonly trading: TradingView
}

/** What is known of an order that a refusal is about. */
export interface About {
  readonly instrument?: string | undefined
  readonly side?: Side | undefined
}

/** What the desk remembers beside the engine, from its events: words, keys, fills, the day. It decides nothing. */
export class TradingDesk {
  readonly parts: TradingDeskParts
  readonly keys = new ClientKeys()
  readonly fills = new FillTape()
  readonly day = new DayBook()
  readonly #notes = new OrderNotes()
  readonly #tradables: ReadonlyMap<string, Tradable>
  readonly #listeners = new Set<(event: TradingEvent) => void>()
  readonly #stopHearing: () => void
  #isRecalled = false

  constructor(parts: TradingDeskParts) {
    this.parts = parts
    this.#tradables = new Map(parts.setup?.tradables.map((tradable) => [tradable.instrument.id, tradable]) ?? [])
    this.#stopHearing = parts.runtime.onTradingEvent((event) => this.#hear(event))
  }

  /** None before the books are open, and where this profile trades nowhere. */
  get open(): OpenTrading | undefined {
    const { setup, runtime } = this.parts
    const { trading } = runtime
    return setup === undefined || trading === undefined ? undefined : { setup, trading }
  }

  now(): number {
    return this.parts.runtime.now()
  }

  marks(setup: EngineSetup): DeskMarks {
    return marksOf(setup, this.parts.quote ?? (() => undefined))
  }

  /** None of an instrument that is not traded here any more. */
  orderView({ setup, trading }: OpenTrading, order: OurOrder): OrderView | undefined {
    const tradable = this.#tradables.get(order.spec.instrument)
    if (tradable === undefined) return undefined
    return orderViewOf(order, { trading, tradable, reporting: setup.reportingAsset, note: this.#notes.of(order.id) })
  }

  orderViews(open: OpenTrading, ids: Iterable<OrderId>): OrderView[] {
    const views: OrderView[] = []
    for (const id of ids) {
      const order = open.trading.order(id)
      const view = order === undefined ? undefined : this.orderView(open, order)
      if (view !== undefined) views.push(view)
    }
    return views
  }

  refused({ setup }: OpenTrading, refusal: Parameters<typeof refusalViewOf>[0], { instrument, side }: About): VerdictView {
    const tradable = instrument === undefined ? undefined : this.#tradables.get(instrument)
    return { ok: false, refusal: refusalViewOf(refusal, { tradable, side, reporting: setup.reportingAsset }) }
  }

  /** What a command led to. Orders that were all refused are a refusal, whichever of our rules it was. */
  answer(open: OpenTrading, { orders: ids, refusal }: CommandAnswer, about: About, isRepeat: boolean): CommandAnswerView {
    const orders = this.orderViews(open, ids)
    if (refusal !== undefined) return { verdict: this.refused(open, refusal, about), isRepeat, orders }
    const [first] = orders
    const isDenied = first?.status === 'denied' && orders.every(({ status }) => status === 'denied')
    return { verdict: isDenied && first.refusal !== null ? { ok: false, refusal: first.refusal } : { ok: true }, isRepeat, orders }
  }

  /** Told of each event after the desk itself has heard it. */
  onEvent(listener: (event: TradingEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** What the books remember of the day and of better days; once, and until then there is less to say. */
  recall(): void {
    const { history } = this.parts
    if (this.#isRecalled || history === undefined || this.open === undefined) return
    this.#isRecalled = true
    const at = this.now()
    const take = (records: readonly EquityRecord[]): void => {
      for (const record of records) this.day.recall(at, record)
    }
    history.equityRecords(at).then(take).catch((error: unknown) => this.bug(error))
  }

  /** What each account is worth now, for the curve that is kept; nothing while something has no price that is of now. */
  equitySample(): { asset: string; accounts: EquitySample[] } | undefined {
    const { open } = this
    if (open === undefined) return undefined
    const { setup, trading } = open
    const marks = this.marks(setup)
    const accounts = setup.accounts.map(({ id }) => sampleOf({ setup, trading, marks, account: id }))
    return accounts.every((sample) => sample !== undefined) ? { asset: setup.reportingAsset, accounts } : undefined
  }

  bug(error: unknown): void {
    this.parts.onBug?.(error)
  }

  dispose(): void {
    this.#stopHearing()
    this.#listeners.clear()
  }

  #hear(event: TradingEvent): void {
    // The engine stops for a listener that throws, and for this one it need not.
    try {
      this.#notes.hear(event)
      this.keys.hear(event)
      const { trading } = this.parts.runtime
      if (trading !== undefined) this.fills.hear(event, trading)
      for (const listener of this.#listeners) listener(event)
    } catch (error) {
      this.bug(error)
    }
  }
}
