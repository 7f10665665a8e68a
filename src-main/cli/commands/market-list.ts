import { z } from 'zod'
import { printSteps } from '../../base/index.ts'
import { instrumentView } from '../../../src-preload/contract/index.ts'
import { defineCommand, done } from '../command.ts'
import { openMarketSource } from '../market/market-source.ts'
import { alignRows } from '../terminal-style.ts'

const output = z.strictObject({
  instruments: z.array(z.strictObject({ ...instrumentView.shape, tick: z.string(), lot: z.string() })),
})

export const marketList = defineCommand({
  name: 'market list',
  summary: 'cli.market-list.summary',
  flags: {},
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast market list', 'ballast market list --json'],
  async run(context) {
    const opened = await openMarketSource(context)
    if (!opened.ok) return opened
    const { source } = opened
    await source.dispose()
    const instruments = source.instruments.map((view) => ({ ...view, tick: printSteps(1, view.tick), lot: printSteps(1, view.lot) }))
    return done({ instruments })
  },
  print: ({ instruments }, { speech }) =>
    alignRows(
      instruments.map(({ id, kind, tick, lot, name }) => [
        id, speech.sayPhrase({ key: `cli.market.kind.${kind}` }), speech.say('cli.market.grid', { tick, lot }), name,
      ]),
    ),
})
