import { modeState } from '../../../src-preload/contract/index.ts'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done } from '../command.ts'
import { printMode } from '../engine-words.ts'
import { reasonFlag } from './engine-flags.ts'
import { refuse } from '../trouble.ts'

export const halt = defineCommand({
  name: 'halt',
  summary: 'cli.halt.summary',
  flags: { reason: reasonFlag },
  output: modeState,
  exitCodes: [0, 2, 3],
  examples: ['ballast halt', 'ballast halt --reason "news at 14:00"'],
  async run(context, { flags }) {
    const reason = flags.reason ?? context.speech.say('cli.default-reason')
    const answer = await askEngine(context, 'trading.halt', { reason, actor: 'cli' })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ mode, reason }, { speech, style }) => [speech.say('cli.mode-is', { mode: printMode(mode, style), reason })],
})
