import { resolve } from 'node:path'
import { z } from 'zod'
import { locales } from '../../src-preload/contract/text/index.ts'
import { dataHome } from '../supervisor/index.ts'
import { switchFlag, valueFlag, type FlagTable, type FlagValues } from './command.ts'
import type { Surroundings } from './program.ts'

const day = 24 * 3_600_000

/** Before or behind every command. */
export const globalFlags = {
  home: valueFlag({
    placeholder: 'DIR',
    description: 'cli.flag.home',
    expected: 'cli.expected.folder',
    schema: z.string().min(1),
  }),
  profile: valueFlag({
    placeholder: 'NAME',
    description: 'cli.flag.profile',
    expected: 'cli.expected.name',
    // Which profiles there are is for the supervisor to say.
    schema: z.string().min(1),
  }),
  timeout: valueFlag({
    placeholder: 'MS',
    description: 'cli.flag.timeout',
    expected: 'cli.expected.timeout',
    schema: z.string().regex(/^\d{1,9}$/).transform(Number).pipe(z.int().min(1).max(day)),
  }),
  lang: valueFlag({
    placeholder: locales.join('|'),
    description: 'cli.flag.lang',
    expected: 'cli.expected.lang',
    schema: z.enum(locales),
  }),
  json: switchFlag('cli.flag.json'),
  help: switchFlag('cli.flag.help'),
  version: switchFlag('cli.flag.version'),
} satisfies FlagTable

export type GlobalFlags = FlagValues<typeof globalFlags>

export const defaultProfile = 'demo'
export const defaultTimeoutMs = 5_000

/** The data home, as the caller meant it: npm runs us in its own folder and names theirs. */
export function homeOf(flags: GlobalFlags, { env, platform, workingFolder }: Surroundings): string {
  return resolve(env['INIT_CWD'] ?? workingFolder, flags.home ?? dataHome(env, platform))
}
