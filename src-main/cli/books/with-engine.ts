import { setTimeout as wait } from 'node:timers/promises'
import type { CallName, Contract, InputOf, OutputOf } from '../../../src-preload/contract/index.ts'
import { readEngineAddress } from '../../supervisor/index.ts'
import { startQuietEngine } from './quiet-engine.ts'
import { askEngine, type EngineAnswer } from '../ask-engine.ts'
import type { CommandContext } from '../command.ts'
import { heldBy } from '../start-troubles.ts'
import { refuse, type Refused } from '../trouble.ts'

/**
 * For what changes the books: the running engine does it, and where none runs, one that is started for this alone. So there
 * is one way to change them, and it is the engine's. An engine that another command has started for itself ends with that
 * command: it is waited for, and never relied on.
 */
export type Asked<Value> = { readonly ok: true; readonly value: Value } | Refused

export interface EngineAsker {
  ask<Name extends CallName<Contract>>(name: Name, input: InputOf<Contract[Name]>): Promise<EngineAnswer<OutputOf<Contract[Name]>>>
}

/** Another command may make a backup meanwhile; nobody wants to sit before a silent terminal for longer. */
const turnMs = 30_000
const lookEachMs = 100
/** How long the work may take says nothing of how long an engine may be silent before it. */
const statusMs = 5_000

export async function withEngine<Value>(
  context: CommandContext,
  secret: string | undefined,
  use: (engine: EngineAsker) => Promise<Asked<Value>>,
): Promise<Asked<Value>> {
  const asker: EngineAsker = { ask: (name, input) => askEngine(context, name, input) }
  const whether = { ...context, timeoutMs: context.givenTimeoutMs ?? Math.min(context.timeoutMs, statusMs) }
  const limitMs = context.givenTimeoutMs ?? turnMs
  const deadline = performance.now() + limitMs
  let holder: number | undefined
  for (;;) {
    const running = await askEngine(whether, 'books.status', {})
    const isBrief = readEngineAddress(context.profile.folder)?.isBrief === true
    if (running.ok && running.address.isBrief !== true) return use(asker)
    if (running.ok) holder = running.address.processId
    else if (running.reason !== 'no-engine' && !isBrief) return refuse(running.trouble)
    else if (running.reason === 'no-engine') {
      const engine = await startQuietEngine(context, secret)
      if (engine.ok) return useAndStop(engine, asker, use)
      // Whoever has the folder is just starting, and tells its address in a moment; or just ending.
      if (engine.why !== 'folder-in-use') return engine
    }
    if (performance.now() >= deadline) return refuse(heldBy(context, holder, limitMs))
    await wait(lookEachMs)
  }
}

async function useAndStop<Value>(
  engine: { readonly stop: () => Promise<void> },
  asker: EngineAsker,
  use: (engine: EngineAsker) => Promise<Asked<Value>>,
): Promise<Asked<Value>> {
  try {
    return await use(asker)
  } finally {
    await engine.stop()
  }
}
