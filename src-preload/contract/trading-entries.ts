import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { instrumentId } from './market-entries.ts'
import { nothing, timeMs } from './primitives.ts'
import { equityPoint, ledgerLines, pastCommands, pastFills, pastOrders, pastWish, timelineStep } from './trading-past-views.ts'
import { tradingSetup } from './trading-setup-view.ts'
import { accountId, assetId, orderId, orderStatus, side } from './trading-terms.ts'
import { balanceView, fillView, orderView, portfolioView, positionView } from './trading-views.ts'
import { amendWish, asked, commandAnswer, groupWish, orderWish, preview, previewInput, settleWish } from './trading-wishes.ts'

/** The number of the engine's last event that it holds. A delta holds what changed, whole; a snapshot may come again, and then replaces everything. */
const revision = z.int().min(0)
const ofAccount = z.strictObject({ account: accountId.optional() })
const orders = z.strictObject({ revision, orders: z.array(orderView) })
const fills = z.strictObject({ revision, fills: z.array(fillView) })
const positions = z.strictObject({ revision, at: timeMs, positions: z.array(positionView) })
const balances = z.strictObject({ revision, at: timeMs, balances: z.array(balanceView) })

const tradingQueries = {
  'trading.setup': query({
    summary: 'What can be traded and on which accounts: grids, fees, limits, and the decimals of each asset.',
    access: 'read',
    input: nothing,
    output: tradingSetup,
  }),
  'trading.order': query({
    summary: 'One order of the last 24 hours, as the engine has it, with its fills.',
    access: 'read',
    input: z.strictObject({ order: orderId }),
    output: z.strictObject({ revision, order: orderView, fills: z.array(fillView) }),
  }),
  'trading.preview': query({
    summary: 'What an order would cost, tie up and risk, and what it would be refused for. Changes nothing.',
    access: 'read',
    input: previewInput,
    output: preview,
  }),
  'trading.orders-past': query({
    summary: 'Orders of all times, newest first, a page at a time.',
    access: 'read',
    input: z.strictObject({
      ...pastWish, side: side.optional(), statuses: z.array(orderStatus).max(13).optional(), owner: z.string().max(60).optional(), search: z.string().max(80).optional(),
    }),
    output: pastOrders,
  }),
  'trading.fills-past': query({
    summary: 'Trades of all times, newest first, a page at a time.',
    access: 'read',
    input: z.strictObject({ ...pastWish, side: side.optional(), order: orderId.optional() }),
    output: pastFills,
  }),
  'trading.commands-past': query({
    summary: 'What was asked of the engine and what it said, newest first, a page at a time: here is what was refused at once.',
    access: 'read',
    input: z.strictObject({
      since: pastWish.since, until: pastWish.until, direction: pastWish.direction, cursor: pastWish.cursor, limit: pastWish.limit,
      outcomes: z.array(z.enum(['none', 'taken', 'refused', 'lost'])).max(4).optional(), search: z.string().max(80).optional(),
    }),
    output: pastCommands,
  }),
  'trading.ledger': query({
    summary: 'The double-entry books line by line, a page at a time.',
    access: 'read',
    input: z.strictObject({ ...pastWish, asset: assetId.optional(), book: z.string().max(40).optional() }),
    output: ledgerLines,
  }),
  'trading.timeline': query({
    summary: 'Why an order is as it is: each step from the command to the last fill, as it was written down.',
    access: 'read',
    input: z.strictObject({ order: orderId }),
    output: z.strictObject({ order: orderId, steps: z.array(timelineStep) }),
  }),
  'trading.equity': query({
    summary: 'The equity between two times, in at most so many points.',
    access: 'read',
    input: z.strictObject({ account: accountId.optional(), since: timeMs, until: timeMs, points: z.int().min(2).max(5_000) }),
    output: z.strictObject({ asset: assetId, points: z.array(equityPoint) }),
  }),
} as const

const tradingCommands = {
  'trading.place': command({
    summary: 'Places an order: reviewed at once, sent once its record is on the disk.',
    access: 'trade',
    input: z.strictObject({ ...asked, order: orderWish }),
    output: commandAnswer,
  }),
  'trading.place-group': command({
    summary: 'Places orders that belong together: one ends the others, one releases the others, or an entry with its stop and targets.',
    access: 'trade',
    input: z.strictObject({ ...asked, ...groupWish.shape }),
    output: commandAnswer,
  }),
  'trading.amend': command({
    summary: 'Changes the quantity or a price of an order.',
    access: 'trade',
    input: z.strictObject({ ...asked, ...amendWish }),
    output: commandAnswer,
  }),
  'trading.cancel': command({
    summary: 'Cancels an order. Works in every mode.',
    access: 'trade',
    urgent: true,
    input: z.strictObject({ ...asked, order: orderId }),
    output: commandAnswer,
  }),
  'trading.cancel-all': command({
    summary: 'Cancels every order that fits: of an account, an instrument, a side. What others placed past this program only if that is said.',
    access: 'trade',
    urgent: true,
    input: z.strictObject({
      ...asked, account: accountId.optional(), instrument: instrumentId.optional(), side: side.optional(), includeExternal: z.boolean().optional(),
    }),
    output: commandAnswer,
  }),
  'trading.close': command({
    summary: 'Closes the position in an instrument at the price of the moment.',
    access: 'trade',
    input: z.strictObject({ ...asked, account: accountId, instrument: instrumentId }),
    output: commandAnswer,
  }),
  'trading.reverse': command({
    summary: 'Turns the position in an instrument around: closes it, and opens as much the other way.',
    access: 'trade',
    input: z.strictObject({ ...asked, account: accountId, instrument: instrumentId }),
    output: commandAnswer,
  }),
  'trading.settle-stuck': command({
    summary: 'Says what became of a stuck order, after a person has looked at the venue.',
    access: 'trade',
    input: z.strictObject({ ...asked, ...settleWish }),
    output: commandAnswer,
  }),
} as const

const tradingStreams = {
  'trading.orders': stream({
    summary: 'Orders that have not ended, and those that ended within the last minute; then each that changed, once more when it ends.',
    access: 'read',
    delivery: 'every',
    input: ofAccount,
    snapshot: orders,
    delta: orders,
  }),
  'trading.fills': stream({
    summary: 'Each trade of ours, from the most recent ones on; nothing is left out.',
    access: 'read',
    delivery: 'every',
    input: ofAccount,
    snapshot: fills,
    delta: fills,
  }),
  'trading.positions': stream({
    summary: 'Positions with what they are worth; one that was closed is told with no lots.',
    access: 'read',
    delivery: 'every',
    input: ofAccount,
    snapshot: positions,
    delta: positions,
  }),
  'trading.balances': stream({
    summary: 'What each account holds of each asset, and how much of it is free.',
    access: 'read',
    delivery: 'every',
    input: ofAccount,
    snapshot: balances,
    delta: balances,
  }),
  'trading.portfolio': stream({
    summary: 'Equity, the day’s change, profit, fees and exposure, in the reporting currency.',
    access: 'read',
    delivery: 'latest',
    input: nothing,
    snapshot: portfolioView,
    delta: portfolioView,
  }),
} as const

export const tradingEntries = { ...tradingQueries, ...tradingCommands, ...tradingStreams } as const
