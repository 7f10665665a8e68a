import { randomUUID } from 'node:crypto'
import type { Contract, InputOf } from '../../../src-preload/contract/index.ts'
import type { CommandContext, Outcome } from '../command.ts'
import { readTyped, type Reading } from './order-wishes.ts'
import { withTradeLine, type Told } from './trade-line.ts'
import { decimalsOf, spokenAnswer, type SpokenAnswer } from './trading-words.ts'

type Asking = Extract<keyof Contract, 'trading.place' | 'trading.place-group' | 'trading.amend' | 'trading.cancel' | 'trading.cancel-all' | 'trading.close'>
type Wish<Name extends Asking> = Omit<InputOf<Contract[Name]>, 'clientKey' | 'actor'>
/** A command of the contract and what it is given, but for the key and who asks. */
export type Wanted = { readonly [Name in Asking]: { readonly name: Name; readonly wish: Wish<Name> } }[Asking]

/** Asks the engine for one thing, once. What was not answered can be asked again under the same key, which is told. */
export async function askForOrder(context: CommandContext, key: string | undefined, read: (reading: Reading) => Wanted): Promise<Outcome<SpokenAnswer>> {
  const clientKey = key ?? `cli-${randomUUID()}`
  const answered = await withTradeLine(context, async (line): Promise<Told<SpokenAnswer>> => {
    const wanted = readTyped(() => read({ context, line }))
    if (!wanted.ok) return wanted
    const { name, wish } = wanted.value
    // The wish is that of the name: the type of `Wanted` says so for each of them.
    const told = await line.ask(name, { ...wish, clientKey, actor: 'cli' } as InputOf<Contract[typeof name]>)
    if (told.ok) return { ok: true, value: spokenAnswer(context.speech, decimalsOf(line), clientKey, told.value) }
    if (told.trouble.kind === 'fault' || told.trouble.kind === 'bug') context.note(context.speech.say('cli.order.ask-again', { key: clientKey }))
    return told
  })
  if (!answered.ok) return answered
  return { ok: true, value: answered.value, exitCode: answered.value.verdict.ok ? 0 : 1 }
}
