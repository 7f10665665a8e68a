import type { BalanceView, Contract, FillView, PortfolioFigures, PortfolioView, PositionView, StreamName } from '../../src-preload/contract/index.ts'
import type { Handlers, StreamSink } from '../bridge/index.ts'
import type { OrderId, TradingEvent } from '../domain/index.ts'
import { isLive } from '../engine/index.ts'
import { fillOfEvent } from './fill-tape.ts'
import { balanceViews, positionViews, type AccountSight } from './money-views.ts'
import { portfolioOf } from './portfolio-view.ts'
import { Teller } from './teller.ts'
import type { OpenTrading, TradingDesk } from './trading-desk.ts'

export type TradingStreamName = Extract<StreamName<Contract>, `trading.${string}`>
type StreamHandlers = Pick<Handlers<Contract>, TradingStreamName>

/** At most twenty times a second of what orders do, four of what prices do to money, twice for the sums. */
const orderGapMs = 50
const moneyLookMs = 250
const portfolioGapMs = 100
const portfolioLookMs = 500
/** So that an order which ended a moment ago is not missed between this stream and the history. */
const endedShownMs = 60_000
const fillsShown = 200

const noFigures: PortfolioFigures = {
  equity: null, unrealised: null, realised: null, fees: null, funding: null, gross: null, worstGross: null, leverage: null, initialMargin: null, maintenanceMargin: null,
  dayStart: null, dayPaidIn: null, dayChange: null, peak: null, drawdown: null, marksAt: null, unvalued: [],
}
const noPortfolio = (at: number): PortfolioView =>
  ({ revision: 0, at, asset: null, total: noFigures, accounts: [], counts: { working: 0, held: 0, inFlight: 0, unknown: 0, stuck: 0, positions: 0 } })

/** A reader of one stream: the first word once there is an engine, then what changed. */
interface Reading<Snapshot, Delta> {
  readonly sink: StreamSink<Snapshot, Delta>
  readonly empty: () => Snapshot
  readonly first: (open: OpenTrading) => Snapshot
  readonly next: (open: OpenTrading) => Delta | undefined
  readonly hear?: (event: TradingEvent, open: OpenTrading) => void
  readonly gapMs: number
  readonly lookMs?: number
}

function read<Snapshot, Delta>(desk: TradingDesk, reading: Reading<Snapshot, Delta>): () => void {
  const { sink } = reading
  let hasBegun = false
  const begin = (open: OpenTrading): void => {
    hasBegun = true
    sink.snapshot(reading.first(open))
  }
  const { open } = desk
  if (open === undefined) sink.snapshot(reading.empty())
  else begin(open)
  const teller = new Teller({
    gapMs: reading.gapMs,
    ...(reading.lookMs === undefined ? {} : { lookMs: reading.lookMs }),
    onBug: (error) => desk.bug(error),
    tell: () => {
      const now = desk.open
      if (now === undefined) return
      if (!hasBegun) return begin(now)
      const delta = reading.next(now)
      if (delta !== undefined) sink.delta(delta)
    },
  })
  const stops = [
    desk.onEvent((event) => {
      const now = desk.open
      if (now !== undefined) reading.hear?.(event, now)
      teller.nudge()
    }),
    desk.parts.runtime.onState(() => teller.nudge()),
  ]
  return () => {
    teller.dispose()
    for (const stop of stops) stop()
  }
}

export function createTradingStreams(desk: TradingDesk): StreamHandlers {
  return {
    'trading.orders': ({ account }, sink) => watchOrders(desk, account, sink),
    'trading.fills': ({ account }, sink) => watchFills(desk, account, sink),
    'trading.positions': ({ account }, sink) => watchRows<PositionView, 'positions'>(desk, account, sink, 'positions', positionViews, ({ account: of, instrument, positionSide }) => `${of} ${instrument} ${positionSide}`),
    'trading.balances': ({ account }, sink) => watchRows<BalanceView, 'balances'>(desk, account, sink, 'balances', balanceViews, ({ account: of, asset }) => `${of} ${asset}`),
    'trading.portfolio': (_wish, sink) => {
      const look = ({ setup, trading }: OpenTrading): PortfolioView => {
        const at = desk.now()
        desk.recall()
        return portfolioOf({ setup, trading, at, marks: desk.marks(setup), day: (account, equity, paidIn) => desk.day.see(account, at, equity, paidIn) })
      }
      return read(desk, { sink, empty: () => noPortfolio(desk.now()), first: look, next: look, gapMs: portfolioGapMs, lookMs: portfolioLookMs })
    },
  }
}

type OrderSink = Parameters<StreamHandlers['trading.orders']>[1]
type FillSink = Parameters<StreamHandlers['trading.fills']>[1]

function watchOrders(desk: TradingDesk, account: string | undefined, sink: OrderSink): () => void {
  let changed = new Set<OrderId>()
  const isMine = (of: string): boolean => account === undefined || of === account
  return read(desk, {
    sink,
    gapMs: orderGapMs,
    empty: () => ({ revision: 0, orders: [] }),
    first: (open) => {
      changed = new Set()
      const since = desk.now() - endedShownMs
      const shown = [...open.trading.orders()].filter((order) => isMine(order.spec.account) && (isLive(order) || order.endedAt >= since))
      return { revision: open.trading.lastSequence, orders: shown.flatMap((order) => desk.orderView(open, order) ?? []) }
    },
    hear: (event, { trading }) => {
      for (const id of ordersOf(event)) {
        // What a piece does shows on the order that it was sent for.
        for (let next: OrderId | undefined = id; next !== undefined; next = trading.order(next)?.onBehalfOf) changed.add(next)
      }
    },
    next: (open) => {
      if (changed.size === 0) return undefined
      const orders = desk.orderViews(open, changed).filter((order) => isMine(order.account))
      changed = new Set()
      return orders.length === 0 ? undefined : { revision: open.trading.lastSequence, orders }
    },
  })
}

function ordersOf(event: TradingEvent): readonly OrderId[] {
  if (event.kind === 'self-trade-prevented') return [event.newcomer, event.resting]
  return 'order' in event ? [event.order] : []
}

function watchFills(desk: TradingDesk, account: string | undefined, sink: FillSink): () => void {
  let waiting: FillView[] = []
  return read(desk, {
    sink,
    gapMs: orderGapMs,
    empty: () => ({ revision: 0, fills: [] }),
    first: ({ trading }) => {
      waiting = []
      return { revision: trading.lastSequence, fills: desk.fills.recent(trading, account, fillsShown) }
    },
    hear: (event, { trading }) => {
      const fill = fillOfEvent(event, trading)
      if (fill !== undefined && (account === undefined || fill.account === account)) waiting.push(fill)
    },
    next: ({ trading }) => {
      if (waiting.length === 0) return undefined
      const fills = waiting
      waiting = []
      return { revision: trading.lastSequence, fills }
    },
  })
}

type Rows<Row, Name extends string> = { readonly revision: number; readonly at: number } & { readonly [Key in Name]: Row[] }

/** Rows that prices change as well as events: each is told when it is not what it was. */
function watchRows<Row, Name extends 'positions' | 'balances'>(
  desk: TradingDesk, account: string | undefined, sink: StreamSink<Rows<Row, Name>, Rows<Row, Name>>, name: Name,
  rowsOf: (sight: AccountSight) => readonly Row[], keyOf: (row: Row) => string,
): () => void {
  const told = new Map<string, string>()
  const changed = (open: OpenTrading): Rows<Row, Name> => {
    const { setup, trading } = open
    const marks = desk.marks(setup)
    const accounts = setup.accounts.filter(({ id }) => account === undefined || id === account)
    const rows = accounts.flatMap(({ id }) => rowsOf({ setup, trading, marks, account: id })).filter((row) => {
      const [key, text] = [keyOf(row), JSON.stringify(row)]
      if (told.get(key) === text) return false
      told.set(key, text)
      return true
    })
    // One name at run time, which the type says for both.
    return { revision: trading.lastSequence, at: desk.now(), [name]: rows } as unknown as Rows<Row, Name>
  }
  return read(desk, {
    sink,
    gapMs: orderGapMs,
    lookMs: moneyLookMs,
    empty: () => ({ revision: 0, at: 0, [name]: [] }) as unknown as Rows<Row, Name>,
    first: (open) => {
      told.clear()
      return changed(open)
    },
    next: (open) => {
      const rows = changed(open)
      return rows[name].length === 0 ? undefined : rows
    },
  })
}
