import type { CommandContext } from './command.ts'
import type { EngineStarted } from './program.ts'
import { notPossible, type Trouble } from './trouble.ts'

/** Why there is no engine, each in one sentence. */
export type Unstarted = Exclude<EngineStarted, { ok: true }>

export function troubleOfStart({ profile, speech }: CommandContext, started: Unstarted, port: number): Trouble {
  if (started.reason === 'books-closed') {
    return notPossible(`books.${started.code}`, speech.sayTrouble(started.code, started.details), 'fault')
  }
  const { reason, detail } = started
  const message = speech.say(`cli.error.start-${reason}`, { port, folder: profile.folder, detail })
  return notPossible(`cli.${reason}`, message, 'fault')
}

/** An engine that is somebody else's and does not end. */
export function heldBy({ profile, speech }: CommandContext, processId: number | undefined, waitedMs: number): Trouble {
  const message =
    processId === undefined
      ? speech.say('cli.error.folder-held', { folder: profile.folder, waitedMs })
      : speech.say('cli.error.folder-held-by', { folder: profile.folder, waitedMs, processId })
  return notPossible('cli.folder-in-use', message, 'fault')
}
