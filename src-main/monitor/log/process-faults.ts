import type { OpenedLog } from './log.ts'
import { plainFields } from './plain-fields.ts'
import type { SecretRegister } from './secret-register.ts'

/** The part of `process` that is needed here. */
export interface FaultSource {
  on(event: 'uncaughtException', listener: (error: unknown, origin: string) => void): unknown
  off(event: 'uncaughtException', listener: (error: unknown, origin: string) => void): unknown
}

export interface ProcessFaultParts {
  readonly log: Pick<OpenedLog, 'error' | 'flushNow'>
  readonly secrets: SecretRegister
  readonly source: FaultSource
  /** Shows a line to whoever looks at the process. */
  readonly show: (line: string) => void
  /** Ends the process: after a bug nobody knows what state it is in. */
  readonly end: () => void
}

/**
 * Logs an exception or rejection that nobody caught, without its secrets, and ends the process. Node itself would print it as
 * it is. A rejection comes the same way, because nobody else listens for those.
 */
export function watchProcessFaults({ log, secrets, source, show, end }: ProcessFaultParts): () => void {
  let isEnding = false
  const onFault = (error: unknown, origin: string): void => {
    // A fault in here must not lead to another round.
    if (isEnding) return
    isEnding = true
    try {
      log.error('process', 'uncaught', { origin, error })
      log.flushNow()
      show(secrets.scrub(`uncaught (${origin}): ${JSON.stringify(plainFields({ error })['error'])}`))
    } finally {
      end()
    }
  }
  source.on('uncaughtException', onFault)
  return () => void source.off('uncaughtException', onFault)
}
