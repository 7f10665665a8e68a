import type { CallName, Contract, ErrorCode, InputOf, StreamName } from '../../../src-preload/contract/index.ts'

interface CallSample<Name extends CallName<Contract>> {
  readonly good: InputOf<Contract[Name]>
  readonly bad: unknown
  /** What these books, which are not kept, refuse for a reason of their own: then that is the right answer. */
  readonly refused?: ErrorCode
}

const surplus = { surplus: 1 }
/** Well formed, and sealed for nobody. */
const sealed = { key: 'A'.repeat(87), nonce: 'A'.repeat(16), text: 'A'.repeat(44) }

const someOrder = '0'.repeat(32)
const asked = { clientKey: 'a-test', actor: 'hand' } as const
const wish = { account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: 1 }, limit: 1, timeInForce: 'gtc' } as const

/** One good and one bad input for each entry of the contract: an entry without a sample does not compile. */
export const callSamples: { readonly [Name in CallName<Contract>]: CallSample<Name> } = {
  'trading.halt': { good: { reason: 'a test', actor: 'hand' }, bad: { reason: '', actor: 'hand' } },
  'trading.resume': { good: { to: 'active', reason: 'a test', actor: 'hand' }, bad: { to: 'killed', reason: 'a test', actor: 'hand' } },
  'engine.status': { good: {}, bad: surplus },
  'engine.ping': { good: { sent: 1 }, bad: { sent: 'now' } },
  'books.status': { good: {}, bad: surplus },
  'books.unlock': { good: { secret: null }, bad: { secret: 'in clear' }, refused: 'books.not-wanted' },
  'books.create': { good: { passphrase: sealed }, bad: { passphrase: 'in clear' }, refused: 'books.secret-unreadable' },
  'screen.lock': { good: {}, bad: surplus, refused: 'screen.without-lock' },
  'screen.unlock': { good: { secret: sealed }, bad: { secret: 'in clear' }, refused: 'books.secret-unreadable' },
  'keys.rotate': { good: {}, bad: surplus, refused: 'keys.failed' },
  'keys.recovery-code': { good: { sealTo: 'B'.repeat(87), secret: null }, bad: { sealTo: '', secret: null }, refused: 'keys.failed' },
  'keys.confirm-recovery-code': { good: { code: sealed }, bad: { code: 'in clear' }, refused: 'books.secret-unreadable' },
  'keys.passphrase': { good: { old: null, next: sealed }, bad: { old: null, next: 'in clear' }, refused: 'books.secret-unreadable' },
  'keys.app-secret': { good: { name: 'telegram-token', secret: null }, bad: { name: 'another', secret: null } },
  'backup.make': { good: { out: null }, bad: { out: '' }, refused: 'backup.no-recovery' },
  'backup.cancel': { good: {}, bad: surplus },
  'drill.restore': { good: {}, bad: surplus, refused: 'drill.no-backup' },
  'audit.verify': { good: { file: null }, bad: { file: '' } },
  'audit.export': { good: { out: '/nowhere/at/all' }, bad: { out: '' }, refused: 'audit.failed' },
  'audit.recent': { good: { before: null, limit: 10, correlation: null }, bad: { before: null, limit: 0, correlation: null } },
  'alerts.open': { good: {}, bad: surplus },
  'alerts.acknowledge': { good: { id: 'alert-999', actor: 'hand' }, bad: { id: '', actor: 'hand' }, refused: 'alert.unknown' },
  'alerts.snooze': { good: { id: 'alert-999', forMs: 60_000, actor: 'hand' }, bad: { id: 'alert-1', forMs: 1, actor: 'hand' }, refused: 'alert.unknown' },
  'alerts.history': { good: { before: null, limit: 10 }, bad: { before: null, limit: 0 } },
  'alerts.test': { good: {}, bad: surplus },
  'settings.read': { good: {}, bad: surplus },
  'settings.change': {
    good: { revision: 'of another time', changes: [{ path: 'alerts.sound', value: false }] },
    bad: { revision: '', changes: [] },
    refused: 'setting.stale',
  },
  'metrics.text': { good: {}, bad: surplus },
  'market.instruments': { good: {}, bad: surplus },
  'market.candles': {
    good: { instrument: 'BTC/USD', timeframe: '1m', limit: 10 },
    bad: { instrument: 'BTC/USD', timeframe: '7m', limit: 10 },
  },
  'market.setSpeed': { good: { speed: 2 }, bad: { speed: 101 } },
  'market.disturb': { good: { disturbance: 'none' }, bad: { disturbance: 'fire' } },
  'market.record': { good: { isOn: false }, bad: { isOn: 'maybe' } },
  'trading.setup': { good: {}, bad: surplus, refused: 'trading.nowhere' },
  'trading.order': { good: { order: someOrder }, bad: { order: 'no id' }, refused: 'trading.nowhere' },
  'trading.preview': { good: { of: 'place', order: wish }, bad: { of: 'place', order: { ...wish, size: { by: 'quantity', lots: 0 } } }, refused: 'trading.nowhere' },
  'trading.orders-past': { good: { limit: 10 }, bad: { limit: 0 }, refused: 'trading.nowhere' },
  'trading.fills-past': { good: { limit: 10 }, bad: { limit: 10, cursor: '' }, refused: 'trading.nowhere' },
  'trading.commands-past': { good: { limit: 10 }, bad: { limit: 10, outcomes: ['maybe'] }, refused: 'trading.nowhere' },
  'trading.ledger': { good: { limit: 10 }, bad: { limit: 10, asset: 'no asset' }, refused: 'trading.nowhere' },
  'trading.timeline': { good: { order: someOrder }, bad: {}, refused: 'trading.nowhere' },
  'trading.equity': { good: { since: 0, until: 1, points: 10 }, bad: { since: 0, until: 1, points: 1 }, refused: 'trading.nowhere' },
  'trading.place': { good: { ...asked, order: wish }, bad: { ...asked, order: { ...wish, limit: 0.5 } }, refused: 'trading.nowhere' },
  'trading.place-group': { good: { ...asked, group: 'oco', orders: [wish, wish] }, bad: { ...asked, group: 'oco', orders: [wish] }, refused: 'trading.nowhere' },
  'trading.amend': { good: { ...asked, order: someOrder, limit: 2 }, bad: { ...asked, order: someOrder, limit: 0 }, refused: 'trading.nowhere' },
  'trading.cancel': { good: { ...asked, order: someOrder }, bad: { ...asked, order: '' }, refused: 'trading.nowhere' },
  'trading.cancel-all': { good: { ...asked, side: 'buy' }, bad: { ...asked, side: 'both' }, refused: 'trading.nowhere' },
  'trading.close': { good: { ...asked, account: 'paper', instrument: 'BTC/USD' }, bad: { ...asked, account: '', instrument: 'BTC/USD' }, refused: 'trading.nowhere' },
  'trading.reverse': { good: { ...asked, account: 'paper', instrument: 'BTC/USD' }, bad: { ...asked, account: 'paper' }, refused: 'trading.nowhere' },
  'trading.settle-stuck': {
    good: { ...asked, order: someOrder, outcome: 'canceled', reason: 'a test' }, bad: { ...asked, order: someOrder, outcome: 'filled', reason: 'a test' }, refused: 'trading.nowhere',
  },
  'paper.weather': { good: {}, bad: surplus, refused: 'paper.not-simulated' },
  'paper.set-weather': { good: { preset: 'calm' }, bad: { preset: 'fine' }, refused: 'paper.not-simulated' },
  'paper.reset': { good: { account: 'paper', reason: 'a test' }, bad: { account: 'paper', reason: '' }, refused: 'paper.not-simulated' },
}

export const streamSamples: { readonly [Name in StreamName<Contract>]: { readonly good: InputOf<Contract[Name]>; readonly bad: unknown } } = {
  'engine.watch': { good: {}, bad: surplus },
  'engine.events': { good: {}, bad: [] },
  'clock.watch': { good: {}, bad: 'nothing' },
  'books.watch': { good: {}, bad: surplus },
  'alerts.watch': { good: {}, bad: surplus },
  'settings.watch': { good: {}, bad: surplus },
  'health.watch': { good: {}, bad: surplus },
  'market.quotes': { good: { instruments: ['BTC/USD'] }, bad: { instruments: ['no such name'] } },
  'market.book': { good: { instrument: 'BTC/USD', depth: 10 }, bad: { instrument: 'BTC/USD', depth: 0 } },
  'market.trades': { good: { instrument: 'BTC/USD' }, bad: {} },
  'market.candle': { good: { instrument: 'BTC/USD', timeframe: '1h' }, bad: { instrument: 'BTC/USD', timeframe: '2M' } },
  'market.feed': { good: {}, bad: surplus },
  'trading.orders': { good: {}, bad: { account: '' } },
  'trading.fills': { good: { account: 'paper' }, bad: surplus },
  'trading.positions': { good: {}, bad: surplus },
  'trading.balances': { good: {}, bad: surplus },
  'trading.portfolio': { good: {}, bad: surplus },
}
