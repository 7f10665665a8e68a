import { fail, succeed, type CommandAnswerView, type CommandName, type Contract, type InputOf, type Reply } from '../../src-preload/contract/index.ts'
import { lotsFromRaw, ok, ticksFromRaw, type Result } from '../base/index.ts'
import type { Caller, Handlers } from '../bridge/index.ts'
import { orderIdShape } from '../domain/index.ts'
import type { OrderId, Refusal, SingleCommand } from '../domain/index.ts'
import { specOf, specsOf } from './order-wishes.ts'
import type { About, OpenTrading, TradingDesk } from './trading-desk.ts'

/**
 * What a person asks of orders. It must never ask the engine twice for what was asked once, nor answer before the engine has.
 * Invariants: 1 a key that was used leads to no second command, whatever became of the line or the program between; 2 the answer is what the engine
 * decided, in the same turn.
 */
export type TradingCommandName = Exclude<Extract<CommandName<Contract>, `trading.${string}`>, 'trading.halt' | 'trading.resume'>
type CommandHandlers = Pick<Handlers<Contract>, TradingCommandName>

/** Opening takes a fraction of a second, unless somebody has to be asked. */
const openingPatienceMs = 2_000

/** What a command of the engine is, but for what every command has. */
type Wanted = SingleCommand extends infer Command ? (Command extends SingleCommand ? Omit<Command, 'commandId' | 'at' | 'correlation'> : never) : never

interface Asked {
  readonly clientKey: string
  readonly actor: 'hand' | 'cli' | 'hotkey'
}

/** One command on its way to the engine. */
interface Errand {
  readonly name: TradingCommandName
  readonly input: Asked
  readonly about: (open: OpenTrading) => About
  readonly wanted: (open: OpenTrading) => Result<Wanted, Refusal>
}

const idOf = (order: string): OrderId => orderIdShape.ensure(order)
const ownerOf = ({ actor }: Asked): string => (actor === 'cli' ? 'cli' : 'hand')

export function createTradingCommands(desk: TradingDesk): CommandHandlers {
  const obey = (order: Errand, caller: Caller): Promise<Reply<CommandAnswerView>> => obeyOnce(desk, order, caller)
  const about = (order: string) => ({ trading }: OpenTrading): About => {
    const spec = trading.order(idOf(order))?.spec
    return spec === undefined ? {} : { instrument: spec.instrument, side: spec.side }
  }
  const plain = (name: TradingCommandName, input: Asked, of: (open: OpenTrading) => About, wanted: Wanted, caller: Caller) =>
    obey({ name, input, about: of, wanted: () => ok(wanted) }, caller)
  return {
    'trading.place': (input, caller) => obey({
      name: 'trading.place', input, about: () => input.order,
      wanted: (open) => {
        const spec = specOf(open, input.order, ownerOf(input))
        return spec.ok ? ok({ kind: 'place-order', order: spec.value }) : spec
      },
    }, caller),
    'trading.place-group': (input, caller) => obey({
      name: 'trading.place-group', input, about: () => input.orders[0] ?? {},
      wanted: (open) => {
        const specs = specsOf(open, input.orders, ownerOf(input))
        return specs.ok ? ok({ kind: 'place-group', group: input.group, orders: specs.value }) : specs
      },
    }, caller),
    'trading.amend': (input, caller) => plain('trading.amend', input, about(input.order), amendOf(input), caller),
    'trading.cancel': (input, caller) => plain('trading.cancel', input, about(input.order), { kind: 'cancel-order', order: idOf(input.order) }, caller),
    'trading.cancel-all': (input, caller) => plain('trading.cancel-all', input, () => ({}), cancelAllOf(input), caller),
    'trading.close': (input, caller) => {
      const { account, instrument } = input
      return plain('trading.close', input, () => ({ instrument }), { kind: 'close-position', account, instrument }, caller)
    },
    'trading.reverse': (input, caller) => {
      const { account, instrument } = input
      return plain('trading.reverse', input, () => ({ instrument }), { kind: 'reverse-position', account, instrument }, caller)
    },
    'trading.settle-stuck': (input, caller) => {
      const { order, outcome, reason } = input
      return plain('trading.settle-stuck', input, about(order), { kind: 'settle-stuck', order: idOf(order), verdict: outcome, reason }, caller)
    },
  }
}

export const amendOf = ({ order, lots, limit, trigger }: Omit<InputOf<Contract['trading.amend']>, keyof Asked>): Extract<Wanted, { readonly kind: 'amend-order' }> => ({
  kind: 'amend-order', order: idOf(order),
  ...(lots === undefined ? {} : { lots: lotsFromRaw(lots) }),
  ...(limit === undefined ? {} : { limit: ticksFromRaw(limit) }),
  ...(trigger === undefined ? {} : { trigger: ticksFromRaw(trigger) }),
})

const cancelAllOf = ({ account, instrument, side, includeExternal }: InputOf<Contract['trading.cancel-all']>): Wanted => ({
  kind: 'cancel-all',
  ...(account === undefined ? {} : { account }),
  ...(instrument === undefined ? {} : { instrument }),
  ...(side === undefined ? {} : { side }),
  ...(includeExternal === undefined ? {} : { includeExternal }),
})

async function obeyOnce(desk: TradingDesk, { name, input, about, wanted }: Errand, { correlation }: Caller): Promise<Reply<CommandAnswerView>> {
  const { runtime, setup } = desk.parts
  if (setup === undefined) return fail('trading.nowhere')
  if (desk.open === undefined) await runtime.whenOpen(openingPatienceMs)
  const { open } = desk
  if (open === undefined) return fail('books.closed')
  const { clientKey, actor: _actor, ...content } = input
  const key = desk.keys.look(open.trading, clientKey, [name, content])
  if (key.kind === 'reused') return fail('trading.key-reused', { clientKey })
  if (key.kind === 'refused-here') return succeed({ verdict: desk.refused(open, key.refusal, about(open)), isRepeat: true, orders: [] })
  const { commandId } = key
  if (key.kind === 'new') {
    const command = wanted(open)
    if (!command.ok) {
      desk.keys.refuseHere(clientKey, [name, content], command.error)
      return succeed({ verdict: desk.refused(open, command.error, about(open)), isRepeat: false, orders: [] })
    }
    runtime.submit({ ...command.value, commandId, at: runtime.now(), ...(correlation === undefined ? {} : { correlation }) })
  }
  const answer = open.trading.answerTo(commandId)
  // A runtime that has stopped takes nothing any more; and what it did not answer it did not do.
  return answer === undefined ? fail('engine.stopping') : succeed(desk.answer(open, answer, about(open), key.kind === 'known'))
}
