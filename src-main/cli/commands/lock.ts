import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { refuse } from '../trouble.ts'

export const lock = defineCommand({
  name: 'lock',
  summary: 'cli.lock.summary',
  flags: {},
  output: z.strictObject({ screen: z.enum(['open', 'locked', 'without-lock']) }),
  exitCodes: [0, 2, 3],
  examples: ['ballast lock --profile paper'],
  async run(context) {
    const answer = await askEngine(context, 'screen.lock', {})
    return answer.ok ? done({ screen: answer.value.screen }) : refuse(answer.trouble)
  },
  print: (_value, { speech }) => [speech.say('cli.lock.locked')],
})
