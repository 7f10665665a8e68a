import { create, type StoreApi, type UseBoundStore } from 'zustand'
import {
  hasEnded, type BridgeError, type LedgerLine, type OrderView, type PastCommand, type PastFill, type PastOrder, type Reply,
} from '../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import { createHold, type Hold } from './market-hold.ts'
import { holdOrders, useOrders } from './trading-orders.ts'

export interface PastFacts<Row> {
  /** Newest first; undefined until the first of them have come. */
  readonly rows: readonly Row[] | undefined
  /** How many there are in all, by the engine's own count. */
  readonly count: number
  /** Whether all of them, or as many as are kept here, have come. */
  readonly isWhole: boolean
  readonly error: BridgeError | undefined
}

/** What a page holds of each list. Who wants more of it writes the books to a file. */
export const pastRowsMax = 100_000
const pageRows = 1_000
const askEveryMs = 5_000
/** The read model is a moment behind the engine. */
const settlesMs = 400
/** Every so many pages what has come is shown: more often a table would be sorted for nothing. */
const shownEveryPages = 10

interface PastPage<Row> {
  readonly rows: readonly Row[]
  readonly next: string | null
  readonly count: number
}

export interface PastParts<Row> {
  readonly ask: (bridge: ScreenBridge, limit: number, cursor: string | undefined) => Promise<Reply<PastPage<Row>>>
  readonly keyOf: (row: Row) => string
}

export interface Past<Row> {
  readonly use: UseBoundStore<StoreApi<PastFacts<Row>>>
  readonly hold: Hold
}

/** The newest in front of what is known, each once and as it was told last; nothing where rows may lie between the two. */
export function withNewest<Row>(known: readonly Row[], newest: readonly Row[], isAll: boolean, keyOf: (row: Row) => string): readonly Row[] | undefined {
  const told = new Map(newest.map((row) => [keyOf(row), row]))
  const rest = known.filter((row) => !told.has(keyOf(row)))
  if (!isAll && newest.length > 0 && known.length > 0 && rest.length === known.length) return undefined
  return [...newest, ...rest].slice(0, pastRowsMax)
}

/** A list of what is past: it comes page by page while somebody looks at it, and what is new is asked for again and again. */
export function createPast<Row>({ ask, keyOf }: PastParts<Row>): Past<Row> {
  const nothing: PastFacts<Row> = { rows: undefined, count: 0, isWhole: false, error: undefined }
  const use = create<PastFacts<Row>>()(() => nothing)
  const hold = createHold((bridge) => {
    let isEnded = false
    let timer: ReturnType<typeof setTimeout> | undefined
    /** What has come, shown or not. */
    let rows: readonly Row[] = []
    const loadAll = async (): Promise<void> => {
      rows = []
      let cursor: string | undefined
      for (let page = 1; rows.length < pastRowsMax; page += 1) {
        const reply = await ask(bridge, pageRows, cursor)
        if (isEnded) return
        if (!reply.ok) return use.setState({ error: reply.error })
        rows = [...rows, ...reply.value.rows]
        const { next, count } = reply.value
        const isWhole = next === null || rows.length >= pastRowsMax
        if (isWhole || page === 1 || page % shownEveryPages === 0) use.setState({ rows, count, isWhole, error: undefined })
        if (next === null) return
        cursor = next
      }
    }
    const askNewest = async (): Promise<void> => {
      const { isWhole } = use.getState()
      if (!isWhole) return loadAll()
      const reply = await ask(bridge, pageRows, undefined)
      if (isEnded) return
      // What is shown stays: it was true, and what is past does not change because nobody answers.
      if (!reply.ok) return use.setState({ error: reply.error })
      const joined = withNewest(rows, reply.value.rows, reply.value.next === null, keyOf)
      if (joined === undefined) return loadAll()
      rows = joined
      use.setState({ rows, count: reply.value.count, error: undefined })
    }
    const plan = (delayMs: number): void => {
      clearTimeout(timer)
      timer = setTimeout(() => void go(), delayMs)
    }
    const go = async (): Promise<void> => {
      if (bridge.state === 'open') await askNewest()
      if (!isEnded) plan(askEveryMs)
    }
    void go()
    // What the engine has just decided is past in a moment.
    const endOrders = useOrders.subscribe(() => plan(settlesMs))
    const releaseOrders = holdOrders(bridge)
    return () => {
      isEnded = true
      clearTimeout(timer)
      endOrders()
      releaseOrders()
      use.setState(nothing)
    }
  })
  return { use, hold }
}

export const pastOrders: Past<PastOrder> = createPast({
  ask: (bridge, limit, cursor) => bridge.call('trading.orders-past', { limit, ...(cursor === undefined ? {} : { cursor }) }),
  keyOf: ({ id }) => id,
})

export const pastRefusals: Past<PastCommand> = createPast({
  ask: (bridge, limit, cursor) => bridge.call('trading.commands-past', { limit, outcomes: ['refused'], ...(cursor === undefined ? {} : { cursor }) }),
  keyOf: ({ record }) => String(record),
})

export const fillKey = ({ instrument, order, trade }: PastFill): string => `${instrument} ${trade} ${order}`

export const pastFills: Past<PastFill> = createPast({
  ask: (bridge, limit, cursor) => bridge.call('trading.fills-past', { limit, ...(cursor === undefined ? {} : { cursor }) }),
  keyOf: fillKey,
})

export const ledgerKey = ({ entry, account, asset, book, amount, balance }: LedgerLine): string => `${entry} ${account} ${asset} ${book} ${amount} ${balance}`

export const pastLedger: Past<LedgerLine> = createPast({
  ask: (bridge, limit, cursor) => bridge.call('trading.ledger', { limit, ...(cursor === undefined ? {} : { cursor }) }),
  keyOf: ledgerKey,
})

/** A past order as the engine has it now: the read model tells it a moment later. */
export function withLive(row: PastOrder, view: OrderView | undefined): PastOrder {
  if (view === undefined || hasEnded(row.status) || view.status === row.status) return row
  const { venueOrder, lots, filled, averagePrice, limit, status, refusal, why, sentAt, endedAt } = view
  return { ...row, venueOrder, lots, filled, averagePrice, limit, trigger: view.trigger?.price ?? null, status, refusal, why, sentAt, endedAt }
}
