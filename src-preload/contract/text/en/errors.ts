import type { ErrorCode } from '../../errors.ts'
import type { Message } from '../message.ts'

/**
 * One sentence for each error code: what happened, what did not, and what to do. The placeholders are the error's details.
 * A sentence about something that may have been carried out never says that it was not.
 */
export const errors = {
  'error.bridge.malformed-message': 'A message arrived that nobody here can read. Nothing was done.',
  'error.bridge.malformed-input': '{name} was given what it does not take ({problem}). Nothing was done.',
  'error.bridge.unknown-name': 'There is nothing called {name} to ask for. Nothing was done.',
  'error.bridge.key-missing': 'The command {name} came without a key of its own, so it was not carried out.',
  'error.bridge.key-reused': 'The command {name} came with a key that another command had used, so it was not carried out.',
  'error.bridge.access-denied': '{name} needs the access “{needs}”, which this connection does not have.',
  'error.bridge.too-many-calls': 'More than {limit} questions are waiting for their answer. Ask again in a moment.',
  'error.bridge.too-many-streams': 'More than {limit} streams are open on this connection. Close some, then try again.',
  'error.bridge.rate-limited': 'Questions come faster than the engine takes them. Ask again in a moment.',
  'error.bridge.overflow': 'The connection was too slow for its stream, which was closed. It can be opened again.',
  'error.bridge.disconnected': 'The engine cannot be reached, so what was asked has no answer.',
  'error.bridge.timed-out':
    'The engine did not answer {name} within {timeoutMs} ms. Whether it was carried out is unknown: check before asking again.',
  'error.bridge.not-done': 'The line broke before {name} reached the engine. It was not done, and will not be.',
  'error.bridge.outcome-unknown':
    'The engine went away before it answered {name}. Whether it was carried out is unknown: check before asking again.',
  'error.bridge.incompatible': 'This program and the engine are of different versions. Start both from the same one.',
  'error.bridge.handler-failed':
    'The engine met a bug of its own in {name}. Whether it was carried out is not known; the engine’s log says more.',
  'error.bridge.malformed-output':
    'The answer to {name} was not what was promised, which is a bug. Whether it was carried out is not known.',
  'error.engine.mode-refused': 'The engine is “{mode}” and does not go from there to “{wanted}”. Its mode is unchanged.',
  'error.engine.resume-waits':
    'The engine is “{mode}” until the venue has answered what stands in the books. It goes to “{wanted}” by itself as soon as that is known, or says so when it gives up.',
  'error.engine.stopping': 'The engine is stopping and takes nothing new.',
  'error.books.closed': 'The books of this profile are not open, so nothing was done; the screen and `ballast status` say why.',
  'error.books.not-wanted': 'The books are not waiting for that, so nothing was done.',
  'error.books.secret-wrong': 'That passphrase or recovery code is not the right one. The next try is judged in {waitSeconds} s.',
  'error.books.secret-unreadable': 'The passphrase did not arrive as it was sent, so nothing was done. Try again.',
  'error.books.secret-weak': 'A passphrase needs at least {least} characters. Nothing was changed.',
  'error.books.busy': 'The books are busy with {work}. Try again when that is done.',
  'error.screen.locked': 'The screens are locked, so nothing was done. Unlock them with the passphrase first; a halt always works.',
  'error.screen.without-lock': 'There is no passphrase yet that could unlock the screens again, so they were not locked. `ballast keys passphrase` sets one.',
  'error.keys.failed': 'The keys were not changed: {detail}.',
  'error.keys.code-unconfirmed':
    'That is not the recovery code that was made last, or it was made too long ago: it is not in force, and the one before still is.',
  'error.backup.failed': 'No backup was made: {detail}.',
  'error.backup.no-recovery':
    'A backup needs a recovery code or a passphrase, or it could not be opened on another computer. Make one with `ballast keys recovery-code`.',
  'error.backup.canceled': 'The backup was stopped, and what was written of it is removed.',
  'error.drill.no-backup': 'There is no backup to restore yet. Make one with `ballast backup`.',
  'error.drill.failed': 'The restore drill failed: {detail}.',
  'error.audit.failed': 'The journal could not be copied: {detail}.',
  'error.alert.unknown': 'There is no such alert any more.',
  'error.setting.refused': 'The settings were not changed: {problem}.',
  'error.setting.stale': 'The settings file was changed meanwhile, so nothing was written. Look at it again, then repeat the change.',
  'error.setting.unsaved': 'The settings could not be written: {detail}.',
  'error.market.unknown-instrument': 'There is no instrument {instrument} here. `ballast market list` names those there are.',
  'error.market.no-source': 'This profile has no source of market data, so there is nothing to show. The profile “demo” has one.',
  'error.market.not-demo': 'Only the demo market can be given another pace or be disturbed. Nothing was changed.',
  'error.market.past-unavailable': 'The past of {instrument} could not be read; the engine’s log says more.',
  'error.market.record-failed': 'Nothing is recorded: {detail}.',
  'error.trading.nowhere': 'This profile trades nowhere, so there are no orders, positions or balances.',
  'error.trading.key-reused': 'The key {clientKey} was used before, for something else. Nothing was done.',
  'error.trading.unknown-order': 'There is no order {order} among those of the last 24 hours.',
  'error.trading.past-unavailable': 'What was traded could not be read: {detail}.',
  'error.paper.not-simulated': 'Only a profile that trades on the simulated exchange has weather and accounts that can begin anew. Nothing was changed.',
  'error.paper.unreachable': 'The simulated exchange does not answer at the moment. Whether it was changed is not known; ask again.',
  'error.paper.reset-refused': 'The account {account} was not reset: {detail}.',
} as const satisfies Readonly<Record<`error.${ErrorCode}`, Message>>
