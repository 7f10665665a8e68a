import { z } from 'zod'
import { command, query, stream } from './entry.ts'
import { nothing } from './primitives.ts'

const value = z.union([z.string().max(2_048), z.number(), z.boolean()])

const problem = z.strictObject({ line: z.int().min(0), column: z.int().min(0), path: z.string(), reason: z.string() })

export const settingsView = z.strictObject({
  /** Of the file as it was read; a change names the one that it is based on. */
  revision: z.string(),
  file: z.string(),
  values: z.array(z.strictObject({ path: z.string(), value, preset: value, meaning: z.string() })),
  /** What is wrong with the file; the last good values stay in force meanwhile. */
  problems: z.array(problem),
})
export type SettingsView = z.output<typeof settingsView>

export const settingEntries = {
  'settings.watch': stream({
    summary: 'The settings in force, and what is wrong with their file.',
    access: 'read',
    delivery: 'latest',
    input: nothing,
    snapshot: settingsView,
    delta: settingsView,
  }),
  'settings.read': query({
    summary: 'The same once.',
    access: 'read',
    input: nothing,
    output: settingsView,
  }),
  'settings.change': command({
    summary: 'Changes settings in their file; comments and order stay.',
    access: 'admin',
    input: z.strictObject({
      revision: z.string(),
      changes: z.array(z.strictObject({ path: z.string().max(120), value })).min(1).max(50),
    }),
    output: settingsView,
  }),
} as const
