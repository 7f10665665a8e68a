import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { builtAssets, type AssetSource } from '../page/index.ts'
import { readEngineAddress, type Supervised } from '../supervisor/index.ts'
import { askEngine, isBallastAt } from './ask-engine.ts'
import type { CommandContext } from './command.ts'
import type { HeldEngine } from './program.ts'
import { heldBy, troubleOfStart } from './start-troubles.ts'
import type { ExitCode, Trouble } from './trouble.ts'

/** What `run` and `serve` share: an engine that lives as long as this command does. */
export type Hold =
  | { readonly kind: 'held'; readonly engine: HeldEngine; readonly isPageBuilt: boolean; readonly stay: () => Promise<ExitCode> }
  /** Another process has it; the token is for everything. */
  | { readonly kind: 'elsewhere'; readonly port: number; readonly token: string; readonly processId: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

const troubled = (trouble: Trouble): Hold => ({ kind: 'trouble', trouble })

/** An engine whose supervisor was killed needs a moment to let its folder go; one that is just starting, to leave its address. */
const patienceMs = 5_000
/** The engine of a single command ends with that command; a backup in it may take a while. */
const turnMs = 30_000
const briefLookMs = 150

/** npm and the terminal each pass one Ctrl-C on; a person's second one comes later. */
const secondStopMs = 500

const nothingBuilt: AssetSource = { read: () => Promise.resolve(undefined) }

/** What a command asks of the engine that it starts. */
export interface HoldWishes {
  readonly port: number | undefined
  readonly secret: string | undefined
  /** Whether it is of use while its books are closed: where there is a screen, they can be opened there. */
  readonly mayServeClosed: boolean
}

export async function holdEngine(context: CommandContext, { port, secret, mayServeClosed }: HoldWishes): Promise<Hold> {
  const wishes = watchWishes(context)
  const before = await findElsewhere(context, wishes)
  if (before !== undefined) return before
  const isPageBuilt = existsSync(join(context.program.pageRoot, 'index.html'))
  const wantedPort = port ?? context.profile.port
  let began = performance.now()
  for (;;) {
    const starting = context.program.startEngine({
      profile: context.profile,
      port: wantedPort,
      engineEntry: context.program.engineEntry,
      assets: isPageBuilt ? builtAssets(context.program.pageRoot) : nothingBuilt,
      mayServeClosed,
      ...(secret === undefined ? {} : { secret }),
    })
    const started = await Promise.race([starting, wishes.hurried])
    if (started === 'hurried') return troubled(interrupted(context))
    if (started.ok) {
      wishes.serve(started.headless)
      return { kind: 'held', engine: started.headless, isPageBuilt, stay: () => stayWith(context, started.headless, wishes) }
    }
    // Two that start at the same moment: the slower one finds the other's engine.
    const mayPass = started.reason === 'folder-in-use' || (started.reason === 'port-taken' && (await isBallastAt(wantedPort)))
    const lookedAt = performance.now()
    const meanwhile = mayPass ? await findElsewhere(context, wishes) : undefined
    if (meanwhile !== undefined) return meanwhile
    // While somebody else had a turn, nobody here was impatient.
    began += performance.now() - lookedAt
    if (!mayPass || performance.now() - began >= patienceMs) return troubled(troubleOfStart(context, started, wantedPort))
    await wait(150)
  }
}

/** An engine that serves only the command that started it is nobody else's: its end is waited for, and it is never told as running. */
async function findElsewhere(context: CommandContext, wishes: Wishes): Promise<Hold | undefined> {
  const limitMs = context.givenTimeoutMs ?? turnMs
  const began = performance.now()
  for (;;) {
    const status = await askEngine(context, 'engine.status', {})
    const address = readEngineAddress(context.profile.folder)
    const isBrief = (status.ok ? status.address : address)?.isBrief === true
    if (!status.ok && status.reason === 'no-engine') return undefined
    if (!isBrief) return status.ok ? { kind: 'elsewhere', ...status.address } : troubled(status.trouble)
    if (performance.now() - began >= limitMs) return troubled(heldBy(context, address?.processId, limitMs))
    const stopped = await Promise.race([wishes.stopped, wait(briefLookMs)])
    if (stopped !== undefined) return troubled(interrupted(context))
  }
}

const interrupted = ({ speech }: CommandContext): Trouble => ({
  exitCode: 130,
  kind: 'refused',
  code: 'cli.interrupted',
  message: speech.say('cli.error.interrupted'),
})

interface Wishes {
  /** From now on there is an engine to pass a halt to. */
  serve(engine: HeldEngine): void
  readonly stopped: Promise<ExitCode>
  /** Asked again by somebody who does not want to wait for a clean end. */
  readonly hurried: Promise<'hurried'>
}

/** Listens before there is an engine, so that no Ctrl-C and no halt is lost while it starts. */
function watchWishes({ surroundings, note, speech }: CommandContext): Wishes {
  let engine: HeldEngine | undefined
  let isHaltWanted = false
  let firstStopAt: number | undefined
  const { promise: stopped, resolve: stop } = Promise.withResolvers<ExitCode>()
  const { promise: hurried, resolve: hurry } = Promise.withResolvers<'hurried'>()
  const halt = (): void => {
    isHaltWanted = true
    engine?.supervisor.halt('signal SIGUSR2', 'signal')
  }
  surroundings.signals.onStop((signal) => {
    firstStopAt ??= performance.now()
    stop(signal === 'SIGINT' ? 130 : 0)
    if (performance.now() - firstStopAt > secondStopMs) hurry('hurried')
  })
  surroundings.signals.onHalt(() => {
    // First the act: a terminal that takes no more text must not hold it up.
    halt()
    note(speech.say('cli.note.halt-signal'))
  })
  return {
    stopped,
    hurried,
    serve(started) {
      engine = started
      if (isHaltWanted) halt()
    },
  }
}

async function stayWith(context: CommandContext, engine: HeldEngine, wishes: Wishes): Promise<ExitCode> {
  let last: Supervised['kind'] = engine.supervisor.state.kind
  let isStopping = false
  engine.supervisor.onState((state) => {
    if (isStopping || state.kind === last) return
    last = state.kind
    const line = newsOf(context, state)
    if (line !== undefined) context.note(line)
  })
  const exitCode = await wishes.stopped
  isStopping = true
  // An engine that is left in haste sees this process go, and ends by itself.
  await Promise.race([engine.stop(), wishes.hurried])
  return exitCode
}

function newsOf({ speech }: CommandContext, state: Supervised): string | undefined {
  if (state.kind === 'restarting') return speech.say('cli.note.engine-restarting', { detail: state.detail })
  if (state.kind === 'running') return speech.say('cli.note.engine-back')
  return state.kind === 'down' ? speech.say('cli.note.engine-down', { detail: state.detail }) : undefined
}
