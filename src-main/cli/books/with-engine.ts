import type { CallName, Contract, InputOf, OutputOf } from '../../../src-preload/contract/index.ts'
import { startQuietEngine } from './quiet-engine.ts'
import { askEngine, type EngineAnswer } from '../ask-engine.ts'
import type { CommandContext } from '../command.ts'
import { refuse, type Refused } from '../trouble.ts'

/**
 * For what changes the books: the running engine does it, and where none runs, one that is started for this alone. So there
 * is one way to change them, and it is the engine's.
 */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | Refused

export interface EngineAsker {
  ask<Name extends CallName<Contract>>(name: Name, input: InputOf<Contract[Name]>): Promise<EngineAnswer<OutputOf<Contract[Name]>>>
}

export async function withEngine<Value>(
  context: CommandContext,
  secret: string | undefined,
  use: (engine: EngineAsker) => Promise<Asked<Value>>,
): Promise<Asked<Value>> {
  const asker: EngineAsker = { ask: (name, input) => askEngine(context, name, input) }
  const running = await asker.ask('books.status', {})
  if (running.ok) return use(asker)
  if (running.reason !== 'no-engine') return refuse(running.trouble)
  const engine = await startQuietEngine(context, secret)
  if (!engine.ok) return engine
  try {
    return await use(asker)
  } finally {
    await engine.stop()
  }
}
