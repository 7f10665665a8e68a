import type { AssetSource } from '../../page/index.ts'
import type { CommandContext } from '../command.ts'
import { troubleOfStart } from '../start-troubles.ts'
import type { EngineStarted } from '../program.ts'
import { askSecret } from '../secret-input.ts'
import { notPossible, refuse, type Refused } from '../trouble.ts'

/** An engine for the length of one command: no page, any port, in `starting`, so it trades nothing. */
export type QuietEngine =
  | { readonly ok: true; readonly stop: () => Promise<void> }
  | (Refused & { readonly why: EngineStartWhyNot })

export type EngineStartWhyNot = 'folder-in-use' | 'other'

const noPage: AssetSource = { read: () => Promise.resolve(undefined) }

/** A keychain may ask a person first; whoever cannot wait for that says so by `--timeout`. */
const startMs = 60_000
/** One that was started too late ends before the answer, so that the next command does not meet it; in so long it is killed. */
const endMs = 7_000

export async function startQuietEngine(context: CommandContext, secret: string | undefined): Promise<QuietEngine> {
  const started = await startedInTime(context, secret)
  if (started === 'late') return { ...refuse(tooLate(context)), why: 'other' }
  if (started.ok) return { ok: true, stop: () => started.headless.stop() }
  const wantsSecret = started.reason === 'books-closed' && started.code === 'passphrase-needed' && secret === undefined
  const typed = wantsSecret ? await askSecret(context, context.speech.say('cli.ask.secret')) : undefined
  if (typed !== undefined) return startQuietEngine(context, typed)
  return { ...refuse(troubleOfStart(context, started, 0)), why: started.reason === 'folder-in-use' ? 'folder-in-use' : 'other' }
}

async function startedInTime(context: CommandContext, secret: string | undefined): Promise<EngineStarted | 'late'> {
  const { program, profile } = context
  const ending = new AbortController()
  const starting = program.startEngine({
    profile,
    port: 0,
    engineEntry: program.engineEntry,
    assets: noPage,
    mayServeClosed: false,
    isBrief: true,
    signal: ending.signal,
    ...(secret === undefined ? {} : { secret }),
  })
  const first = await within(limitOf(context), starting)
  if (first !== 'late') return first
  ending.abort()
  // One that comes up after all has nobody to work for.
  await within(endMs, starting.then((engine) => (engine.ok ? engine.headless.stop() : undefined), () => undefined))
  return 'late'
}

async function within<Value>(limitMs: number, work: Promise<Value>): Promise<Value | 'late'> {
  const { promise: late, resolve } = Promise.withResolvers<'late'>()
  const timer = setTimeout(() => resolve('late'), limitMs)
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const limitOf = ({ givenTimeoutMs }: CommandContext): number => givenTimeoutMs ?? startMs

const tooLate = (context: CommandContext) =>
  notPossible('cli.start-late', context.speech.say('cli.error.start-late', { profile: context.profile.name, timeoutMs: limitOf(context) }), 'fault')
