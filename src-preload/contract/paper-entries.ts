import { z } from 'zod'
import { command, query } from './entry.ts'
import { nothing, reason, timeMs } from './primitives.ts'
import { accountId, amount, assetId } from './trading-terms.ts'

/** How rough the line to the simulated exchange is, and the exchange itself. */
export const weatherPresets = ['calm', 'flaky-wifi', 'exchange-meltdown', 'flash-crash', 'half-open-socket', 'liar'] as const
export const weatherPreset = z.enum(weatherPresets)
export type WeatherPreset = z.output<typeof weatherPreset>

export const weatherView = z.strictObject({
  preset: weatherPreset,
  since: timeMs,
  /** Whether the exchange's process can be reached; what it does not know is what happened since. */
  line: z.enum(['up', 'down']),
  /** What has struck since then, by name. */
  struck: z.array(z.strictObject({ fault: z.string(), times: z.int() })),
})
export type WeatherView = z.output<typeof weatherView>

/** Only of profiles that trade on the simulated exchange. */
export const paperEntries = {
  'paper.weather': query({
    summary: 'How rough the line to the simulated exchange is, and what has struck.',
    access: 'read',
    input: nothing,
    output: weatherView,
  }),
  'paper.set-weather': command({
    summary: 'Lets the simulated exchange and the line to it be calm, or as bad as real ones can be.',
    access: 'trade',
    input: z.strictObject({ preset: weatherPreset }),
    output: weatherView,
  }),
  'paper.reset': command({
    summary: 'Begins an account of the simulated exchange anew, with a reason that the books keep.',
    access: 'trade',
    input: z.strictObject({ account: accountId, reason }),
    output: z.strictObject({ account: accountId, balances: z.array(z.strictObject({ asset: assetId, amount })) }),
  }),
} as const
