import type { PortfolioFigures, PortfolioView } from '../../src-preload/contract/index.ts'
import { isZero, rateDenominator, rawOf } from '../base/index.ts'
import { isLive, type EngineSetup, type LedgerSum } from '../engine/index.ts'
import type { TradingView } from '../runtime/index.ts'
import type { DayFigures } from './day-book.ts'
import { inReporting, type DeskMarks } from './marks.ts'
import { hasCost } from './money-views.ts'

export interface PortfolioSight {
  readonly setup: EngineSetup
  readonly trading: TradingView
  readonly marks: DeskMarks
  readonly at: number
  readonly day: (account: string, equity: number | null, paidIn: number | null) => DayFigures
}

/** The sum, or nothing as soon as one part is not known. */
const sumOf = (values: readonly (number | null)[]): number | null =>
  values.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0)

const shareOf = (part: number | null, whole: number | null): number | null => {
  if (part === null || whole === null || whole <= 0) return null
  const share = Math.ceil((part / whole) * rateDenominator)
  return Number.isSafeInteger(share) ? share : null
}

/** What one book of the ledger holds over all assets, in the reporting currency; with the other sign where money left it for the wallet. */
function bookSum(ledger: readonly LedgerSum[], book: LedgerSum['account'], sign: 1 | -1, marks: DeskMarks): number | null {
  return sumOf(ledger.filter(({ account }) => account === book).map(({ asset, amount }) => inReporting(asset, sign * rawOf(amount), marks)))
}

export function figuresOf(sight: PortfolioSight, account: string): PortfolioFigures {
  const { trading, marks, setup } = sight
  const value = trading.value(account, marks)
  const isWhole = value.unvalued.length === 0
  const orNothing = (amount: Parameters<typeof rawOf>[0]): number | null => (isWhole ? rawOf(amount) : null)
  const ledger = trading.ledger(account)
  const hasBalance = trading.balances(account).length > 0
  const equity = hasBalance ? orNothing(value.equity) : null
  const worst = trading.risk(account).gross()
  const quoteOf = (instrument: string): string => setup.tradables.find((each) => each.instrument.id === instrument)?.instrument.quote ?? marks.reporting
  return {
    equity,
    unrealised: trading.positions(account).every(hasCost) ? orNothing(value.unrealised) : null,
    realised: sumOf(trading.positions(account).map(({ instrument, realised }) => inReporting(quoteOf(instrument), rawOf(realised), marks))),
    fees: bookSum(ledger, 'fees', 1, marks),
    funding: bookSum(ledger, 'funding', -1, marks),
    gross: orNothing(value.gross),
    worstGross: worst === undefined ? null : rawOf(worst),
    leverage: isWhole && value.leverage !== undefined ? rawOf(value.leverage) : null,
    initialMargin: orNothing(value.initialMargin),
    maintenanceMargin: orNothing(value.maintenanceMargin),
    ...sight.day(account, equity, bookSum(ledger, 'external', -1, marks)),
    marksAt: value.oldestMarkAt ?? null,
    unvalued: [...value.unvalued],
  }
}

/** The same of all accounts together. */
function totalOf(parts: readonly PortfolioFigures[]): PortfolioFigures {
  const sum = (pick: (part: PortfolioFigures) => number | null): number | null => sumOf(parts.map(pick))
  const [equity, gross, peak] = [sum((part) => part.equity), sum((part) => part.gross), sum((part) => part.peak)]
  const times = parts.flatMap(({ marksAt }) => (marksAt === null ? [] : [marksAt]))
  return {
    equity, gross, peak,
    unrealised: sum((part) => part.unrealised), realised: sum((part) => part.realised), fees: sum((part) => part.fees), funding: sum((part) => part.funding),
    worstGross: sum((part) => part.worstGross), leverage: shareOf(gross, equity),
    initialMargin: sum((part) => part.initialMargin), maintenanceMargin: sum((part) => part.maintenanceMargin),
    dayStart: sum((part) => part.dayStart), dayPaidIn: sum((part) => part.dayPaidIn), dayChange: sum((part) => part.dayChange),
    drawdown: peak === null || equity === null ? null : shareOf(Math.max(0, peak - equity), peak),
    marksAt: times.length === 0 ? null : Math.min(...times),
    unvalued: [...new Set(parts.flatMap(({ unvalued }) => unvalued))],
  }
}

export function portfolioOf(sight: PortfolioSight): PortfolioView {
  const { setup, trading, at } = sight
  const accounts = setup.accounts.map(({ id }) => ({ account: id, ...figuresOf(sight, id) }))
  return { revision: trading.lastSequence, at, asset: setup.reportingAsset, total: totalOf(accounts), accounts, counts: countsOf(trading, setup) }
}

function countsOf(trading: TradingView, { accounts }: EngineSetup): PortfolioView['counts'] {
  const counts = { working: 0, held: 0, inFlight: 0, unknown: 0, stuck: 0, positions: 0 }
  for (const order of trading.openOrders()) {
    const { status } = order
    if (!isLive(order)) continue
    if (status === 'working' || status === 'partial') counts.working += 1
    else if (status === 'held') counts.held += 1
    else if (status === 'unknown') counts.unknown += 1
    else if (status === 'stuck') counts.stuck += 1
    else counts.inFlight += 1
  }
  for (const { id } of accounts) counts.positions += trading.positions(id).filter(({ lots }) => !isZero(lots)).length
  return counts
}

