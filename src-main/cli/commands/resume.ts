import { z } from 'zod'
import { modeState } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, valueFlag } from '../command.ts'
import { printMode } from '../engine-words.ts'
import { reasonFlag } from './engine-flags.ts'
import { refuse } from '../trouble.ts'

const targets = ['active', 'reducing'] as const

export const resume = defineCommand({
  name: 'resume',
  summary: 'cli.resume.summary',
  flags: {
    to: valueFlag({
      placeholder: targets.join('|'),
      description: 'cli.flag.to',
      expected: 'cli.expected.to',
      schema: z.enum(targets),
    }),
    reason: reasonFlag,
  },
  output: modeState,
  exitCodes: [0, 2, 3],
  examples: ['ballast resume', 'ballast resume --to reducing --reason "let exits through"'],
  async run(context, { flags }) {
    const reason = flags.reason ?? context.speech.say('cli.default-reason')
    const answer = await askEngine(context, 'trading.resume', { to: flags.to ?? 'active', reason, actor: 'cli' })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ mode, reason }, { speech, style }) => [speech.say('cli.mode-is', { mode: printMode(mode, style), reason })],
})
