import { z } from 'zod'
import { askEngine } from '../ask-engine.ts'
import { defineCommand, done, switchFlag } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { badInput, refuse } from '../trouble.ts'

export const marketRecord = defineCommand({
  name: 'market record',
  summary: 'cli.market-record.summary',
  flags: { on: switchFlag('cli.flag.record-on'), off: switchFlag('cli.flag.record-off'), instrument: instrumentFlag },
  output: z.strictObject({ isOn: z.boolean(), folder: z.string() }),
  exitCodes: [0, 2, 3],
  examples: ['ballast market record --on', 'ballast market record --on --instrument BTC/USD', 'ballast market record --off'],
  async run(context, { flags: { on, off, instrument } }) {
    if (on === off) return refuse(badInput('market.on-or-off', context.speech.say('cli.error.on-or-off')))
    const instruments = on && instrument !== undefined ? { instruments: [instrument] } : {}
    const answer = await askEngine(context, 'market.record', { isOn: on, ...instruments })
    return answer.ok ? done(answer.value) : refuse(answer.trouble)
  },
  print: ({ isOn, folder }, { speech }) => [speech.say(isOn ? 'cli.market.records' : 'cli.market.records-no-more', { folder })],
})
