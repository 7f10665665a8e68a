import { setTimeout as wait } from 'node:timers/promises'
import { succeed } from '../../../src-preload/contract/index.ts'
import { createMarketHandlers, openMarketDesk, type MarketLog } from '../../market/index.ts'
import type { CommandContext } from '../command.ts'
import { toldBy, type MarketSource } from './market-source.ts'

/** A desk needs a moment to learn the day of each instrument. */
const learningMs = 3_000
const lookEachMs = 50

/** The engine's own desk, without the engine: what it answers here, the engine would answer too. */
export async function openDemoSource(context: CommandContext): Promise<MarketSource> {
  const { profile, surroundings } = context
  const desk = openMarketDesk({
    folder: profile.folder,
    profileKind: profile.kind,
    log: logTo(context),
    clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
    surroundings: surroundings.env,
  })
  const handlers = createMarketHandlers(desk)
  const caller = { access: 'read', peer: 'cli' } as const
  const listed = await handlers['market.instruments']({}, caller)
  if (!listed.ok) throw new Error('the demo market has no instruments')
  const { instruments } = listed.value
  return {
    kind: 'demo',
    instruments,
    candles: async (input) => toldBy(context, await handlers['market.candles'](input, caller)),
    async quotes(wanted) {
      const names = wanted ?? instruments.map(({ id }) => id)
      const quotes = () => names.flatMap((name) => desk.quote(name) ?? [])
      for (let waited = 0; waited < learningMs; waited += lookEachMs) {
        if (quotes().every(({ at, last, dayOpen }) => at !== null && last !== null && dayOpen !== null)) break
        await wait(lookEachMs)
      }
      return toldBy(context, succeed(quotes()))
    },
    dispose: () => desk.dispose(),
  }
}

/** Of an engine's log only what went wrong is said here. */
const logTo = ({ note }: CommandContext): MarketLog => ({
  info: () => undefined,
  warn: (_area, message, fields) => note(`${message} ${JSON.stringify(fields ?? {})}`),
  error: (_area, message, { error }) => note(`${message}: ${String(error)}`),
})
