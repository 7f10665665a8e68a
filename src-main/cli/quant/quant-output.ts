import { z } from 'zod'
import type { QuantOutputs, QuantValue } from '../../quant/index.ts'

// A cast: the library made the value and left nothing in it that JSON has not; to judge every number of it again would take
// longer than to compute it.
const value = z.unknown().describe(
  'A number, a text, true or false, a list or record of these, or null for what is not available.',
) as z.ZodType<QuantValue>
const outputs: z.ZodType<QuantOutputs> = z.record(z.string(), value)

const parameter = z.strictObject({
  name: z.string(),
  kind: z.enum(['number', 'integer', 'text', 'boolean', 'numbers', 'object']),
  meaning: z.string(),
  /** Absent when the parameter has to be given; null when it may be left out. */
  preset: value.optional(),
  least: z.number().optional(),
  most: z.number().optional(),
  choices: z.array(z.string()).optional(),
})

export const quantFunction = z.strictObject({
  name: z.string(),
  title: z.string(),
  category: z.enum(['indicator', 'statistics', 'risk', 'performance', 'sizing', 'portfolio', 'microstructure', 'distributions']),
  formula: z.string(),
  convention: z.string(),
  source: z.string(),
  parameters: z.array(parameter),
  inputs: z.array(z.strictObject({ name: z.string(), meaning: z.string(), shape: z.enum(['series', 'matrix']) })),
  outputs: z.array(
    z.strictObject({ name: z.string(), meaning: z.string(), shape: z.enum(['number', 'series', 'matrix', 'record']) }),
  ),
})

export const quantList = z.strictObject({ functions: z.array(quantFunction) })

export const quantAnswers = z.strictObject({
  /** By case, by output. */
  results: z.record(z.string(), outputs),
  /** Cases that ask a function which is not there. */
  unknown: z.array(z.string()),
  failed: z.array(
    z.strictObject({
      id: z.string(),
      code: z.enum(['bad-parameter', 'bad-input', 'too-short', 'degenerate', 'not-converged', 'bug']),
      error: z.string().min(1),
    }),
  ),
})

export const quantOutput = z.union([quantAnswers, quantList])
export type QuantAnswers = z.output<typeof quantAnswers>
export type QuantList = z.output<typeof quantList>
