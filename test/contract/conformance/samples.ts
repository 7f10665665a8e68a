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
}
