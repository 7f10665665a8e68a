import type { InstrumentView, OrderTypeName, OrderWish, SizeWish, TimeInForceName } from '../../../src-preload/contract/index.ts'
import { parseDecimal, parseSteps, printSteps, type DecimalStep } from '../../base/index.ts'
import type { CommandContext } from '../command.ts'
import { unknownInstrument } from '../market/market-source.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'
import type { Told, TradeLine } from './trade-line.ts'

/** What was typed, still as text: only the instrument's grid says what its numbers are. */
export interface TypedOrder {
  readonly account: string | undefined
  readonly instrument: string | undefined
  readonly side: 'buy' | 'sell' | undefined
  readonly type: OrderTypeName | undefined
  readonly qty: string | undefined
  readonly cash: string | undefined
  readonly risk: string | undefined
  readonly 'equity-part': string | undefined
  readonly price: string | undefined
  readonly stop: string | undefined
  readonly trail: string | undefined
  readonly tif: TimeInForceName | undefined
  readonly expires: number | undefined
  readonly 'post-only': boolean
  readonly 'reduce-only': boolean
  readonly 'take-profit': string | undefined
  readonly 'stop-loss': string | undefined
}

/** Ends the reading of what was typed with one sentence. */
class TypedWrongly extends Error {
  readonly refused: Refused

  constructor(refused: Refused) {
    super(refused.trouble.code)
    this.refused = refused
  }
}

const wrong = (code: string, message: string): TypedWrongly => new TypedWrongly(refuse(badInput(code, message)))

/** Whatever is wrong with what was typed, the answer is one sentence, and nothing was asked for. */
export function readTyped<Value>(read: () => Value): Told<Value> {
  try {
    return { ok: true, value: read() }
  } catch (error) {
    if (error instanceof TypedWrongly) return error.refused
    throw error
  }
}

export interface Reading {
  readonly context: CommandContext
  readonly line: TradeLine
}

/** A number on a grid, or a sentence that names the step. */
export function stepsOf({ context: { speech } }: Reading, flag: string, given: string, step: DecimalStep): number {
  const steps = parseSteps(given, step, 'refuse')
  if (steps.ok && steps.value > 0) return steps.value
  throw wrong('trading.off-grid', speech.say('cli.error.off-grid', { flag, given: shortened(given), step: printSteps(1, step) }))
}

const moneyOf = (reading: Reading, flag: string, given: string, asset: string): number => {
  const decimals = reading.line.setup.assets.find(({ id }) => id === asset)?.decimals ?? 0
  return stepsOf(reading, flag, given, { units: 1, decimals })
}

/** "0.5%" in billionths. */
function partOf({ context: { speech } }: Reading, flag: string, given: string): number {
  const part = parseDecimal(given.slice(0, -1), 7, 'refuse')
  if (part.ok && part.value > 0) return part.value
  throw wrong('trading.off-grid', speech.say('cli.error.off-grid', { flag, given: shortened(given), step: '0.0000001%' }))
}

export function needed<Value>({ speech }: CommandContext, command: string, flag: string, given: Value | undefined): Value {
  if (given !== undefined) return given
  throw wrong('cli.flag-missing', speech.say('cli.error.flag-missing', { command, flag }))
}

export function instrumentOf({ context, line }: Reading, given: string): InstrumentView {
  const view = line.instruments.get(given)
  const isTraded = line.setup.tradables.some(({ instrument }) => instrument === given)
  if (view !== undefined && isTraded) return view
  const known = [...line.instruments.values()].filter(({ id }) => line.setup.tradables.some(({ instrument }) => instrument === id))
  throw new TypedWrongly(refuse(unknownInstrument(context, given, known)))
}

/** The only account need not be named. */
export function accountOf({ context: { speech }, line: { setup } }: Reading, given: string | undefined): string {
  const known = setup.accounts.map(({ id }) => id)
  const [only] = known
  if (given === undefined && only !== undefined && known.length === 1) return only
  if (given !== undefined && known.includes(given)) return given
  if (given === undefined) throw wrong('trading.which-account', speech.say('cli.error.which-account', { known: known.join(', ') }))
  throw wrong('trading.unknown-account', speech.say('cli.error.unknown-account', { given: shortened(given), known: known.join(', ') }))
}

function sizeOf(reading: Reading, typed: TypedOrder, view: InstrumentView): SizeWish {
  const { speech } = reading.context
  const ways = [typed.qty, typed.cash, typed.risk, typed['equity-part']].filter((way) => way !== undefined)
  if (ways.length !== 1) throw wrong('trading.one-size', speech.say('cli.error.one-size'))
  if (typed.qty === 'all') return { by: 'all' }
  if (typed.qty !== undefined) return { by: 'quantity', lots: stepsOf(reading, '--qty', typed.qty, view.lot) }
  if (typed.cash !== undefined) return { by: 'cash', cash: moneyOf(reading, '--cash', typed.cash, view.quote) }
  if (typed['equity-part'] !== undefined) return { by: 'equity-part', rate: partOf(reading, '--equity-part', typed['equity-part']) }
  return riskOf(reading, typed, view, typed.risk ?? '')
}

function riskOf(reading: Reading, typed: TypedOrder, view: InstrumentView, risk: string): SizeWish {
  const stop = stepsOf(reading, '--stop-loss', needed(reading.context, 'order place --risk', 'stop-loss', typed['stop-loss']), view.tick)
  if (!risk.endsWith('%')) return { by: 'risk', amount: moneyOf(reading, '--risk', risk, reading.line.setup.reportingAsset), stop }
  const part = partOf(reading, '--risk', risk)
  if (part <= 1_000_000_000) return { by: 'risk-part', rate: part, stop }
  throw wrong('trading.off-grid', reading.context.speech.say('cli.error.whole-at-most', { flag: '--risk' }))
}

const presetTif = (type: OrderTypeName): TimeInForceName => (type === 'market' ? 'ioc' : 'gtc')

/** The entry, and what was asked to protect it. */
export function wishesOf(reading: Reading, typed: TypedOrder): readonly [OrderWish, ...OrderWish[]] {
  const view = instrumentOf(reading, needed(reading.context, 'order place', 'instrument', typed.instrument))
  const side = needed(reading.context, 'order place', 'side', typed.side)
  const type = typed.type ?? (typed.price === undefined ? 'market' : 'limit')
  const price = (flag: string, given: string): number => stepsOf(reading, flag, given, view.tick)
  const account = accountOf(reading, typed.account)
  const entry: OrderWish = {
    account, instrument: view.id, side, type, size: sizeOf(reading, typed, view), timeInForce: typed.tif ?? (typed.expires === undefined ? presetTif(type) : 'gtd'),
    ...(typed.price === undefined ? {} : { limit: price('--price', typed.price) }),
    ...(typed.stop === undefined ? {} : { trigger: { price: price('--stop', typed.stop), source: 'last' } }),
    ...(typed.trail === undefined ? {} : { trail: { distance: distanceOf(reading, typed.trail, view), source: 'last' } }),
    ...(typed.expires === undefined ? {} : { expiresAt: typed.expires }),
    ...(typed['post-only'] ? { postOnly: true } : {}),
    ...(typed['reduce-only'] ? { reduceOnly: true } : {}),
  }
  const leg = { account, instrument: view.id, side: side === 'buy' ? 'sell' : 'buy', size: { by: 'all' }, timeInForce: 'gtc' } as const
  return [
    entry,
    ...(typed['stop-loss'] === undefined ? [] : [{ ...leg, type: 'stop', trigger: { price: price('--stop-loss', typed['stop-loss']), source: 'last' } } as const]),
    ...(typed['take-profit'] === undefined ? [] : [{ ...leg, type: 'limit', limit: price('--take-profit', typed['take-profit']) } as const]),
  ]
}

function distanceOf(reading: Reading, given: string, view: InstrumentView): NonNullable<OrderWish['trail']>['distance'] {
  return given.endsWith('%') ? { by: 'percent', rate: partOf(reading, '--trail', given) } : { by: 'amount', ticks: stepsOf(reading, '--trail', given, view.tick) }
}

/** One id of an order, as `order list` prints it. */
export function orderIdOf({ speech }: CommandContext, command: string, given: string | undefined): string {
  if (given === undefined) throw wrong('trading.order-id', speech.say('cli.error.order-missing', { command }))
  if (/^[0-9a-f]{32}$/.test(given)) return given
  throw wrong('trading.order-id', speech.say('cli.error.order-id', { given: shortened(given) }))
}
