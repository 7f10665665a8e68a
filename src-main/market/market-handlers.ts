import { fail, succeed, type Contract, type InstrumentView, type Reply } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'
import type { Instrument } from '../domain/index.ts'
import type { MarketDesk } from './market-desk.ts'
import { createMarketStreams, type MarketStreamName } from './market-streams.ts'

export type MarketEntryName = Extract<keyof Contract, `market.${string}`>
type MarketHandlers = Pick<Handlers<Contract>, MarketEntryName>

/** What a screen or the command line may ask of the market. */
export function createMarketHandlers(desk: MarketDesk): MarketHandlers {
  return { ...createMarketStreams(desk), ...createMarketCalls(desk) }
}

function createMarketCalls(desk: MarketDesk): Omit<MarketHandlers, MarketStreamName> {
  return {
    'market.instruments': async () => {
      await desk.begin()
      return succeed({ instruments: [...desk.markets.values()].map(({ instrument }) => viewOf(instrument)) })
    },
    'market.candles': async ({ instrument, timeframe, before, limit }) => {
      const refusal = await refusalOf(desk, [instrument])
      if (refusal !== undefined) return refusal
      const window = await desk.window({ instrument, timeframe, before, limit })
      if (window === undefined) return fail('market.past-unavailable', { instrument })
      const column = (index: 0 | 1 | 2 | 3 | 4 | 5): number[] => window.rows.map((row) => row[index])
      return succeed({
        instrument, timeframe,
        time: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5),
        hasOlder: window.hasOlder,
        ...(window.keptFrom === undefined ? {} : { keptFrom: window.keptFrom }),
      })
    },
    'market.setSpeed': async ({ speed }) => {
      await desk.begin()
      if (desk.demo === undefined) return fail('market.not-demo')
      desk.demo.setSpeed(speed)
      return succeed({ speed: desk.demo.speed() })
    },
    'market.disturb': async ({ disturbance }) => {
      await desk.begin()
      if (desk.demo === undefined) return fail('market.not-demo')
      desk.demo.disturb(disturbance)
      return succeed({ disturbance: desk.demo.disturbance() })
    },
    'market.record': async ({ isOn, instruments }) => {
      const { folder } = desk.recording
      if (!isOn) {
        await desk.recording.end()
        return succeed({ isOn: false, folder })
      }
      const refusal = await refusalOf(desk, instruments ?? [])
      if (refusal !== undefined) return refusal
      await desk.recording.begin(instruments, () => desk.books(instruments))
      const trouble = desk.recording.facts()?.trouble ?? null
      return trouble === null ? succeed({ isOn: true, folder }) : fail('market.record-failed', { detail: trouble })
    },
  }
}

async function refusalOf(desk: MarketDesk, instruments: readonly string[]): Promise<Reply<never> | undefined> {
  await desk.begin()
  if (desk.feed === undefined) return fail('market.no-source')
  const unknown = instruments.find((instrument) => !desk.markets.has(instrument))
  return unknown === undefined ? undefined : fail('market.unknown-instrument', { instrument: unknown })
}

function viewOf({ hours, ...instrument }: Instrument): InstrumentView {
  if (hours.kind === 'always') return { ...instrument, hours: null }
  const { openMinute, closeMinute, weekdays } = hours
  return { ...instrument, hours: { openMinute, closeMinute, weekdays: [...weekdays] } }
}
