import type { OpenedBooks, ProfileTrading } from './bookkeeping/index.ts'
import { snapshotForm } from './engine/index.ts'
import type { DemoWishes, MarketDesk } from './market/index.ts'
import type { Clock, Venue } from './ports/index.ts'
import { RestingPlaces, type KeptSnapshot, type Runtime, type TradingParts } from './runtime/index.ts'
import type { EngineStart } from './supervisor/index.ts'
import type { PaperDesk } from './trading-desk/index.ts'
import { paperTrading, type PaperTrading } from './trading-setup/index.ts'
import { marketTimeAt, type MarketPace } from './venues/paper/index.ts'

/** Lets a demo or paper profile trade: engine, exchange and market put together. */
export interface TradingComposition {
  readonly clock: Clock
  readonly makeVenue: (trading: PaperTrading) => VenueAtHand
  /** The demo market as it is wanted, before it has begun. */
  readonly firstPace: MarketPace
  readonly onTrouble: (what: string, detail: string) => void
}

/** A venue that begins with the books, because only they know what opens its own. */
export interface VenueAtHand extends Venue {
  /** What a person may change of it. */
  readonly desk?: PaperDesk
  /** Done when it is open, or when it is not worth waiting for any longer. */
  begin(opened: OpenedBooks, pace: MarketPace): Promise<void>
  /** The market that everybody sees goes on like this from now on. */
  follow(pace: MarketPace): void
}

export type MakesVenue = (trading: PaperTrading, start: EngineStart, onTrouble: TradingComposition['onTrouble']) => VenueAtHand

export interface ComposedTrading {
  readonly paper: PaperDesk | undefined
  readonly parts: TradingParts
  readonly books: ProfileTrading
  /** The books are open; the engine comes next. */
  readonly begin: (opened: OpenedBooks) => Promise<void>
  /** Prices go to the engine, and the market's pace to the exchange. */
  readonly join: (runtime: Runtime, market: MarketDesk) => void
}

/** Longer than the line to the exchange waits by itself, for each of its pages. */
const answerPatienceMs = 12_000
const snapshotEveryEvents = 5_000
/** So far the two markets may be apart, times the speed, before the exchange is told anew. */
const apartMs = 400

export function composeTrading({ clock, makeVenue, firstPace, onTrouble }: TradingComposition): ComposedTrading {
  const trading = paperTrading()
  const { setup } = trading
  const venue = makeVenue(trading)
  let books: OpenedBooks['books'] | undefined
  const keep = (snapshot: KeptSnapshot): void => {
    void books?.keepSnapshot(snapshot).then((kept) => (kept.ok ? undefined : onTrouble('a snapshot of the engine was not kept', kept.error.kind)))
  }
  return {
    paper: venue.desk,
    parts: { setup, venue, answerPatienceMs, snapshots: { everyEvents: snapshotEveryEvents, keep } },
    books: {
      snapshotForm,
      scope: { accounts: new Set(setup.accounts.map(({ id }) => id)), instruments: new Set(setup.tradables.map(({ instrument }) => instrument.id)) },
    },
    begin: (opened) => {
      books = opened.books
      return venue.begin(opened, { ...firstPace, anchorWall: clock.wallMs(), anchorMarket: firstPace.anchorMarket + (clock.wallMs() - firstPace.anchorWall) * firstPace.speed })
    },
    join: (runtime, market) => {
      const places = new RestingPlaces(runtime)
      market.tellPrices({ isListening: () => runtime.isOpen, hear: (report) => runtime.submit(report), isRestedOn: (instrument) => places.has(instrument) })
      let told = firstPace
      runtime.onClock(({ wallMs }) => {
        const pace = paceOf(firstPace, market, wallMs)
        if (pace === undefined || !runtime.isOpen || isAsTold(told, pace)) return
        told = pace
        venue.follow(pace)
      })
    },
  }
}

/** As the screen shows it; nothing while there is no market. */
function paceOf(first: MarketPace, market: MarketDesk, wallMs: number): MarketPace | undefined {
  const { demo } = market
  if (demo === undefined || market.state === 'connecting') return undefined
  return { ...first, seed: demo.seed, anchorWall: wallMs, anchorMarket: market.now(), speed: demo.speed() }
}

/** What the surroundings of the process ask of the demo market, told as where it stands now. */
export function firstPaceOf({ seed, intensity, standsAt }: DemoWishes, wallMs: number): MarketPace {
  return { seed, ...(intensity === undefined ? {} : { intensity }), anchorWall: wallMs, anchorMarket: standsAt ?? wallMs, speed: standsAt === undefined ? 1 : 0 }
}

function isAsTold(told: MarketPace, now: MarketPace): boolean {
  if (told.speed !== now.speed || told.seed !== now.seed) return false
  return Math.abs(marketTimeAt(told, now.anchorWall) - now.anchorMarket) <= apartMs * Math.max(1, now.speed)
}
