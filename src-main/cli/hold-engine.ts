import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { builtAssets, type AssetSource } from '../page/index.ts'
import type { Supervised } from '../supervisor/index.ts'
import { askEngine, isBallastAt } from './ask-engine.ts'
import type { CommandContext } from './command.ts'
import type { EngineStarted, HeldEngine } from './program.ts'
import { notPossible, type ExitCode, type Trouble } from './trouble.ts'

/** What `run` and `serve` share: an engine that lives as long as this command does. */
export type Hold =
  | { readonly kind: 'held'; readonly engine: HeldEngine; readonly isPageBuilt: boolean; readonly stay: () => Promise<ExitCode> }
  /** Another process has it; the token is for everything. */
  | { readonly kind: 'elsewhere'; readonly port: number; readonly token: string; readonly processId: number }
  | { readonly kind: 'trouble'; readonly trouble: Trouble }

const troubled = (trouble: Trouble): Hold => ({ kind: 'trouble', trouble })

/** An engine whose supervisor was killed needs a moment to let its folder go; one that is just starting, to leave its address. */
const patienceMs = 5_000
export type Unstarted = Exclude<EngineStarted, { ok: true }>

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
  const before = await findElsewhere(context)
  if (before !== undefined) return before
  const isPageBuilt = existsSync(join(context.program.pageRoot, 'index.html'))
  const wantedPort = port ?? context.profile.port
  const began = performance.now()
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
    const meanwhile = mayPass ? await findElsewhere(context) : undefined
    if (meanwhile !== undefined) return meanwhile
    if (!mayPass || performance.now() - began >= patienceMs) return troubled(troubleOfStart(context, started, wantedPort))
    await wait(150)
  }
}

async function findElsewhere(context: CommandContext): Promise<Hold | undefined> {
  const status = await askEngine(context, 'engine.status', {})
  if (status.ok) return { kind: 'elsewhere', ...status.address }
  return status.reason === 'no-engine' ? undefined : troubled(status.trouble)
}

export function troubleOfStart({ profile, speech }: CommandContext, started: Unstarted, port: number): Trouble {
  if (started.reason === 'books-closed') {
    return notPossible(`books.${started.code}`, speech.sayTrouble(started.code, started.details), 'fault')
  }
  const { reason, detail } = started
  const message = speech.say(`cli.error.start-${reason}`, { port, folder: profile.folder, detail })
  return notPossible(`cli.${reason}`, message, 'fault')
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
