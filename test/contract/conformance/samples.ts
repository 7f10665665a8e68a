import type { CallName, Contract, InputOf, StreamName } from '../../../src-preload/contract/index.ts'

/** One good and one bad input for each entry of the contract: an entry without a sample does not compile. */
export const callSamples: { readonly [Name in CallName<Contract>]: { readonly good: InputOf<Contract[Name]>; readonly bad: unknown } } = {
  'trading.halt': { good: { reason: 'a test', actor: 'hand' }, bad: { reason: '', actor: 'hand' } },
  'trading.resume': { good: { to: 'active', reason: 'a test', actor: 'hand' }, bad: { to: 'killed', reason: 'a test', actor: 'hand' } },
  'engine.status': { good: {}, bad: { surplus: 1 } },
  'engine.ping': { good: { sent: 1 }, bad: { sent: 'now' } },
}

export const streamSamples: { readonly [Name in StreamName<Contract>]: { readonly good: InputOf<Contract[Name]>; readonly bad: unknown } } = {
  'engine.watch': { good: {}, bad: { surplus: 1 } },
  'engine.events': { good: {}, bad: [] },
  'clock.watch': { good: {}, bad: 'nothing' },
}
