import { z } from 'zod'
import type { PolicyProblem } from '../../risk-policy/index.ts'
import type { Speech } from '../speech.ts'

export const policyError = z.strictObject({ line: z.int().min(0), column: z.int().min(0), path: z.string(), reason: z.string().min(1) })

/** What is wrong, in one sentence of the reader's language. */
export const sayProblem = (speech: Speech, { line, column, path, code, details }: PolicyProblem): z.output<typeof policyError> =>
  ({ line, column, path, reason: speech.sayPhrase({ key: `cli.risk.problem.${code}`, parameters: details }) })
