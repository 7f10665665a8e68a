import { fail, succeed, type Contract, type Reply } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import { orderIdShape } from '../domain/index.ts'
import { fillViewOf } from './fill-tape.ts'
import { previewViewOf } from './preview-view.ts'
import { setupViewOf } from './setup-view.ts'
import { createTradingCommands, type TradingCommandName } from './trading-commands.ts'
import type { OpenTrading, TradingDesk } from './trading-desk.ts'
import { createTradingStreams, type TradingStreamName } from './trading-streams.ts'

export type TradingEntryName = Exclude<Extract<keyof Contract, `trading.${string}` | `paper.${string}`>, 'trading.halt' | 'trading.resume'>
type TradingHandlers = Pick<Handlers<Contract>, TradingEntryName>
type TradingQueries = Omit<TradingHandlers, TradingCommandName | TradingStreamName | `paper.${string}`>

/** What a screen or the command line may ask of orders and money. */
export function createTradingHandlers(desk: TradingDesk): TradingHandlers {
  return {
    ...createTradingQueries(desk),
    ...createTradingCommands(desk),
    ...createTradingStreams(desk),
    'paper.weather': () => desk.parts.paper?.weather() ?? fail('paper.not-simulated'),
    'paper.set-weather': (wish) => desk.parts.paper?.setWeather(wish) ?? fail('paper.not-simulated'),
    'paper.reset': (wish) => desk.parts.paper?.reset(wish) ?? fail('paper.not-simulated'),
  }
}

function createTradingQueries(desk: TradingDesk): TradingQueries {
  const history = desk.parts.history
  const nowhere = (): Reply<never> => fail(desk.parts.setup === undefined ? 'trading.nowhere' : 'books.closed')
  const withOpen = <Value>(ask: (open: OpenTrading) => Reply<Value>): Reply<Value> => (desk.open === undefined ? nowhere() : ask(desk.open))
  return {
    'trading.setup': () => (desk.parts.setup === undefined ? nowhere() : succeed(setupViewOf(desk.parts.setup))),
    'trading.order': ({ order }) => withOpen((open) => {
      const known = open.trading.order(orderIdShape.ensure(order))
      const view = known === undefined ? undefined : desk.orderView(open, known)
      if (known === undefined || view === undefined) return fail('trading.unknown-order', { order })
      const fills = known.fills.map(({ trade, inferred }) => fillViewOf(known, trade, inferred, 'filled'))
      return succeed({ revision: open.trading.lastSequence, order: view, fills })
    }),
    'trading.preview': (wish) => withOpen((open) => succeed(previewViewOf(desk, open, wish))),
    'trading.orders-past': (wish) => history?.ordersPast(wish) ?? nowhere(),
    'trading.fills-past': (wish) => history?.fillsPast(wish) ?? nowhere(),
    'trading.commands-past': (wish) => history?.commandsPast(wish) ?? nowhere(),
    'trading.ledger': (wish) => history?.ledger(wish) ?? nowhere(),
    'trading.timeline': (wish) => history?.timeline(wish) ?? nowhere(),
    'trading.equity': (wish) => history?.equity(wish) ?? nowhere(),
  }
}
