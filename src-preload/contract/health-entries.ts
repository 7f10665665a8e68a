import { z } from 'zod'
import { query, stream } from './entry.ts'
import { nothing, timeMs } from './primitives.ts'

const figure = z.strictObject({
  name: z.string(),
  /** As Prometheus would call it: seconds, bytes, a count. */
  unit: z.enum(['seconds', 'bytes', 'count', 'ratio']),
  value: z.number().nullable(),
})

export const healthView = z.strictObject({
  at: timeMs,
  figures: z.array(figure),
  /** Each target of the board: what is wanted, what is, and whether that is well. */
  board: z.array(
    z.strictObject({
      name: z.string(),
      value: z.number().nullable(),
      target: z.number(),
      wanted: z.enum(['below', 'above', 'equal']),
      unit: z.enum(['seconds', 'days', 'count', 'ratio']),
      state: z.enum(['well', 'unwell', 'unknown']),
    }),
  ),
})
export type HealthView = z.output<typeof healthView>

export const healthEntries = {
  'health.watch': stream({
    summary: 'The figures of the engine, once a second, and the board of targets.',
    access: 'read',
    delivery: 'latest',
    input: nothing,
    snapshot: healthView,
    delta: healthView,
  }),
  'metrics.text': query({
    summary: 'All metrics in the text form that Prometheus reads.',
    access: 'read',
    whileLocked: true,
    input: nothing,
    output: z.strictObject({ text: z.string() }),
  }),
} as const
