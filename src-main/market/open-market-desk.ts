import { join } from 'node:path'
import type { ProfileKind } from '../../src-preload/contract/index.ts'
import { DemoFeed } from './demo-feed.ts'
import { readDemoWishes } from './demo-wishes.ts'
import { MarketDesk, type MarketLog } from './market-desk.ts'

export interface MarketDeskSetting {
  /** Of the profile; recordings go into a folder of their own in it. */
  readonly folder: string
  readonly profileKind: ProfileKind
  readonly log: MarketLog
  readonly clock: { wallMs(): number; monotonicMs(): number }
  readonly surroundings: Readonly<Record<string, string | undefined>>
}

const recordingFolder = 'recordings'

/** The desk of one profile. Where no money is at stake the demo market is its source; the others have none yet. */
export function openMarketDesk({ folder, profileKind, log, clock, surroundings }: MarketDeskSetting): MarketDesk {
  const hasDemo = profileKind === 'demo' || profileKind === 'paper'
  const every = (action: () => void, periodMs: number): (() => void) => {
    const timer = setInterval(action, periodMs)
    return () => clearInterval(timer)
  }
  const wallMs = (): number => clock.wallMs()
  const monotonicMs = (): number => clock.monotonicMs()
  const desk: MarketDesk = new MarketDesk({
    log, wallMs, monotonicMs, every,
    createFeed: async () => {
      if (!hasDemo) return undefined
      // Neither the market nor what writes to the disk is loaded before it is wanted: the engine has to be there first.
      const { createDemoMarket } = await import('../venues/sim/index.ts')
      const { wishes, unusable } = readDemoWishes(surroundings)
      for (const variable of unusable) log.warn('market', 'a variable of the demo market is not usable', { variable })
      return new DemoFeed({
        ...wishes,
        createMarket: (startAt) => createDemoMarket({ ...wishes, startAt }),
        wallMs, monotonicMs, every,
        onBroken: (error) => desk.broken(error),
      })
    },
    startRecorder: {
      folder: join(folder, recordingFolder),
      start: async (instruments) => {
        const { createRecorder } = await import('../data/index.ts')
        const wanted = instruments === undefined ? {} : { instruments }
        return createRecorder({ folder: join(folder, recordingFolder), now: () => desk.now(), ...wanted })
      },
    },
  })
  return desk
}
