import { z } from 'zod'
import { defineCommand, done, valueFlag } from '../command.ts'

const seedPreset = 7
const eventsPreset = 1_000_000
const whole = (most: number) => z.string().regex(/^\d{1,16}$/).transform(Number).pipe(z.int().min(0).max(most))

export const marketHash = defineCommand({
  name: 'market hash',
  summary: 'cli.market-hash.summary',
  flags: {
    seed: valueFlag({ placeholder: 'N', description: 'cli.flag.seed', expected: 'cli.expected.seed', schema: whole(Number.MAX_SAFE_INTEGER) }),
    events: valueFlag({ placeholder: 'N', description: 'cli.flag.events', expected: 'cli.expected.events', schema: whole(100_000_000) }),
  },
  output: z.strictObject({ seed: z.int().min(0), events: z.int().min(0), hash: z.string().regex(/^[0-9a-f]+$/) }),
  exitCodes: [0, 2],
  examples: ['ballast market hash', 'ballast market hash --seed 7 --events 1000000 --json'],
  async run(_context, { flags: { seed = seedPreset, events = eventsPreset } }) {
    const { marketHash: hashOf } = await import('../../venues/sim/index.ts')
    return done({ seed, events, hash: hashOf(seed, events) })
  },
  print: ({ hash }) => [hash],
})
