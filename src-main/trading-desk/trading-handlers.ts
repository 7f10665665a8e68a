import { fail, type Contract, type PortfolioFigures } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import type { TradingDesk } from './trading-desk.ts'

export type TradingEntryName = Exclude<Extract<keyof Contract, `trading.${string}` | `paper.${string}`>, 'trading.halt' | 'trading.resume'>
type TradingHandlers = Pick<Handlers<Contract>, TradingEntryName>

const nothingToEnd = (): void => undefined
const nowhere = () => fail('trading.nowhere')

const noFigures: PortfolioFigures = {
  equity: null, unrealised: null, realised: 0, fees: 0, funding: 0, gross: null, worstGross: null, leverage: null, initialMargin: null, maintenanceMargin: null,
  dayStart: null, dayPaidIn: null, dayChange: null, peak: null, drawdown: null, marksAt: null, unvalued: [],
}

/** What a screen or the command line may ask of orders and money. */
export function createTradingHandlers(desk: TradingDesk): TradingHandlers {
  return {
    'trading.setup': nowhere,
    'trading.order': nowhere,
    'trading.preview': nowhere,
    'trading.orders-past': (wish) => desk.history?.ordersPast(wish) ?? nowhere(),
    'trading.fills-past': (wish) => desk.history?.fillsPast(wish) ?? nowhere(),
    'trading.ledger': (wish) => desk.history?.ledger(wish) ?? nowhere(),
    'trading.timeline': (wish) => desk.history?.timeline(wish) ?? nowhere(),
    'trading.equity': (wish) => desk.history?.equity(wish) ?? nowhere(),
    'trading.place': nowhere,
    'trading.place-group': nowhere,
    'trading.amend': nowhere,
    'trading.cancel': nowhere,
    'trading.cancel-all': nowhere,
    'trading.close': nowhere,
    'trading.reverse': nowhere,
    'trading.settle-stuck': nowhere,
    'trading.orders': (_wish, sink) => {
      sink.snapshot({ revision: 0, orders: [] })
      return nothingToEnd
    },
    'trading.fills': (_wish, sink) => {
      sink.snapshot({ revision: 0, fills: [] })
      return nothingToEnd
    },
    'trading.positions': (_wish, sink) => {
      sink.snapshot({ revision: 0, at: 0, positions: [] })
      return nothingToEnd
    },
    'trading.balances': (_wish, sink) => {
      sink.snapshot({ revision: 0, at: 0, balances: [] })
      return nothingToEnd
    },
    'trading.portfolio': (_wish, sink) => {
      sink.snapshot({
        revision: 0, at: 0, asset: null, total: noFigures, accounts: [], counts: { working: 0, held: 0, inFlight: 0, unknown: 0, stuck: 0, positions: 0 },
      })
      return nothingToEnd
    },
    'paper.weather': () => desk.paper?.weather() ?? fail('paper.not-simulated'),
    'paper.set-weather': (wish) => desk.paper?.setWeather(wish) ?? fail('paper.not-simulated'),
    'paper.reset': (wish) => desk.paper?.reset(wish) ?? fail('paper.not-simulated'),
  }
}
