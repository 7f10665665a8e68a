import type { EngineEvent, ModeState, OrderId, PositionSide, TradingEvent, VenueTrade } from '../domain/index.ts'
import type { AccountBooks } from './accounting/index.ts'
import { CommandMemory } from './command-memory.ts'
import type { OurOrder } from './our-order.ts'

/** Every event of the one sequence. */
export type AnyEvent = TradingEvent | EngineEvent

export interface AccountState {
  readonly id: string
  readonly books: AccountBooks
  /** The number of the last epoch that was asked for. */
  epoch: number
  /** When the questions of the last clean epoch were asked; the next one reaches back to before it. 0: there was none. */
  cleanAt: number
  hasOpening: boolean
  /** What the venue did up to this moment of it is in the opening. */
  openedUpTo: number
  /** And at the least up to here, by the venue's own clock. */
  openedAtLeast: number
  /** Orders that ended up to here, and their trades, may be forgotten: no round reaches back so far. */
  forgottenUpTo: number
  /** Differences that no event explains, by what they are about. */
  readonly breaks: Map<string, BreakState>
  /** References of the venue's own, so that money is posted once. */
  readonly references: Set<string>
}

export interface BreakState {
  readonly instrument: string | undefined
  readonly what: 'position' | 'balance' | 'order' | 'trade'
  readonly detail: string
  readonly since: number
}

/** What was said of a trade the first time: the same id with other numbers is a conflict. */
export interface KnownTrade {
  readonly order: OrderId
  readonly trade: VenueTrade
  isConflicted: boolean
}

/** Everything that the journal can bring back, and nothing else. Only `apply` changes it. */
export interface EngineState {
  readonly orders: Map<OrderId, OurOrder>
  /** Those that have not ended. */
  readonly live: Map<OrderId, OurOrder>
  /** The same, by account and instrument. */
  readonly liveIn: Map<string, Map<OrderId, OurOrder>>
  /** What was sent on behalf of an order, ended ones too. */
  readonly pieces: Map<OrderId, OrderId[]>
  readonly groups: Map<string, OrderId[]>
  readonly endedGroups: Set<string>
  /** Those that have ended, in the order of their ends, from `endedFirst` on. */
  readonly ended: OrderId[]
  endedFirst: number
  /** How many orders are unknown or stuck: mostly none, and then nobody has to look for them. */
  doubted: number
  /** How many held orders wait to take another one's place. */
  replacedHeld: number
  /** By account, instrument and the venue's own id. */
  readonly byVenueOrder: Map<string, OrderId>
  readonly trades: Map<string, KnownTrade>
  readonly commands: CommandMemory
  readonly accounts: Map<string, AccountState>
  /** Base and quote of each instrument: what a trade of it moves. */
  readonly assetsOf: ReadonlyMap<string, readonly string[]>
  mode: ModeState
  /** The last of `active` and `reducing` that was in force. */
  modeBefore: 'active' | 'reducing'
  /** Raised by each halt and kill: what was to be sent before it stays here. */
  sendEpoch: number
  /** The sum of the jumps that our clock made: while it is ahead, questions have to reach back further. */
  clockAheadMs: number
  runStartedAt: number
  idsMade: number
}

export const commandsKept = 131_072

export const createState = (
  accounts: readonly { readonly id: string; readonly books: AccountBooks }[],
  assetsOf: ReadonlyMap<string, readonly string[]>,
  modeBefore: EngineState['modeBefore'] = 'reducing',
): EngineState => {
  const live = new Map<OrderId, OurOrder>()
  return {
    assetsOf,
    orders: new Map(),
    live,
    liveIn: new Map(),
    pieces: new Map(),
    groups: new Map(),
    endedGroups: new Set(),
    ended: [],
    endedFirst: 0,
    doubted: 0,
    replacedHeld: 0,
    byVenueOrder: new Map(),
    trades: new Map(),
    commands: new CommandMemory(commandsKept, (order) => live.has(order)),
    accounts: new Map(accounts.map(({ id, books }) => [id, createAccount(id, books)])),
    mode: { mode: 'starting', since: 0, reason: 'starting', actor: 'engine' },
    modeBefore,
    sendEpoch: 1,
    clockAheadMs: 0,
    runStartedAt: -1,
    idsMade: 0,
  }
}

const createAccount = (id: string, books: AccountBooks): AccountState => ({
  id, books, epoch: 0, cleanAt: 0, hasOpening: false, openedUpTo: 0, openedAtLeast: 0, forgottenUpTo: 0, breaks: new Map(), references: new Set(),
})

/** A trade is one and the same only together with where it happened and which side of it was ours. */
export const tradeKeyOf = (account: string, { instrument, trade, side, positionSide }: VenueTrade): string =>
  `${account}|${instrument}|${trade}|${side}|${positionSide ?? 'net'}`

/** Venues number the orders of each market by itself. */
export const venueOrderKey = (account: string, instrument: string, venueOrder: string): string => `${account}|${instrument}|${venueOrder}`

export const breakKey = (what: string, instrument: string | undefined): string => `${what}|${instrument ?? ''}`

export const positionSideOf = (side: PositionSide | undefined): PositionSide => side ?? 'net'

export const placeKey = (account: string, instrument: string): string => `${account}|${instrument}`
