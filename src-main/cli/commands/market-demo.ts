import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, valueFlag } from '../command.ts'
import { badInput, refuse } from '../trouble.ts'

const disturbance = z.enum(['none', 'silence', 'crossed', 'gap', 'disconnect'])

export const marketDemo = defineCommand({
  name: 'market demo',
  summary: 'cli.market-demo.summary',
  flags: {
    speed: valueFlag({
      placeholder: 'N', description: 'cli.flag.speed', expected: 'cli.expected.speed',
      schema: z.string().regex(/^\d{1,3}(\.\d{1,3})?$/).transform(Number).pipe(z.number().min(0).max(100)),
    }),
    disturb: valueFlag({ placeholder: 'KIND', description: 'cli.flag.disturb', expected: 'cli.expected.disturb', schema: z.string().pipe(disturbance) }),
  },
  output: z.strictObject({ speed: z.number().nullable(), disturbance: disturbance.nullable() }),
  exitCodes: [0, 2, 3],
  examples: ['ballast market demo --speed 10', 'ballast market demo --disturb silence', 'ballast market demo --speed 1 --disturb none'],
  async run(context, { flags: { speed, disturb } }) {
    const { speech } = context
    if (speed === undefined && disturb === undefined) {
      return refuse(badInput('cli.flag-missing', speech.say('cli.error.flag-missing', { command: 'market demo', flag: 'speed' })))
    }
    const paced = speed === undefined ? undefined : await askEngine(context, 'market.setSpeed', { speed })
    if (paced?.ok === false) return refuse(paced.trouble)
    const disturbed = disturb === undefined ? undefined : await askEngine(context, 'market.disturb', { disturbance: disturb })
    if (disturbed?.ok === false) return refuse(disturbed.trouble)
    return done({ speed: paced?.value.speed ?? null, disturbance: disturbed?.value.disturbance ?? null })
  },
  print: ({ speed, disturbance: kind }, { speech }) => [
    ...(speed === null ? [] : [speech.say('cli.market.speed', { speed })]),
    ...(kind === null ? [] : [speech.sayPhrase({ key: `cli.market.disturbance.${kind}` })]),
  ],
})
