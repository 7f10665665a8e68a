import type { AssetSource } from '../../page/index.ts'
import type { CommandContext } from '../command.ts'
import { troubleOfStart } from '../hold-engine.ts'
import { askSecret } from '../secret-input.ts'
import { refuse, type Refused } from '../trouble.ts'

/** An engine for the length of one command: no page, any port, in `starting`, so it trades nothing. */
export type QuietEngine = { readonly ok: true; readonly stop: () => Promise<void> } | Refused

const noPage: AssetSource = { read: () => Promise.resolve(undefined) }

export async function startQuietEngine(context: CommandContext, secret: string | undefined): Promise<QuietEngine> {
  const started = await context.program.startEngine({
    profile: context.profile,
    port: 0,
    engineEntry: context.program.engineEntry,
    assets: noPage,
    mayServeClosed: false,
    ...(secret === undefined ? {} : { secret }),
  })
  if (started.ok) return { ok: true, stop: () => started.headless.stop() }
  const wantsSecret = started.reason === 'books-closed' && started.code === 'passphrase-needed' && secret === undefined
  const typed = wantsSecret ? await askSecret(context, context.speech.say('cli.ask.secret')) : undefined
  return typed === undefined ? refuse(troubleOfStart(context, started, 0)) : startQuietEngine(context, typed)
}
