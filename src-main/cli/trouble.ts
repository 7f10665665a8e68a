import { z } from 'zod'
import type { ErrorKind } from '../../src-preload/contract/index.ts'

/** Success, the check failed, bad input, not possible now, a bug in Ballast, Ctrl-C. */
export const exitCodes = [0, 1, 2, 3, 70, 130] as const
export type ExitCode = (typeof exitCodes)[number]

/** Why a command did not do what was asked. Nothing was changed by it. */
export interface Trouble {
  readonly exitCode: 2 | 3 | 70 | 130
  readonly kind: ErrorKind
  /** For programs; never changes with the language. */
  readonly code: string
  /** One sentence for people. */
  readonly message: string
}

export const badInput = (code: string, message: string): Trouble => ({ exitCode: 2, kind: 'malformed', code, message })

export const notPossible = (code: string, message: string, kind: 'refused' | 'fault' = 'refused'): Trouble => ({
  exitCode: 3,
  kind,
  code,
  message,
})

/** The other half of everything here that can go well. */
export interface Refused {
  readonly ok: false
  readonly trouble: Trouble
}

export const refuse = (trouble: Trouble): Refused => ({ ok: false, trouble })

/** What `--json` prints on stdout instead of the command's own document. */
export const errorDocument = z.strictObject({
  error: z.strictObject({
    kind: z.enum(['malformed', 'refused', 'fault', 'bug']),
    code: z.string().min(1),
    message: z.string().min(1),
  }),
})
