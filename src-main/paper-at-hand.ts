import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { OpenedBooks } from './bookkeeping/index.ts'
import type { VenueAtHand } from './compose-trading.ts'
import type { VenueRequest } from './domain/index.ts'
import type { Clock, VenueListener } from './ports/index.ts'
import { paperDeskOver } from './paper-desk-at-hand.ts'
import type { EngineStart } from './supervisor/index.ts'
import type { PaperDesk } from './trading-desk/index.ts'
import type { PaperTrading } from './trading-setup/index.ts'
import { venueKeysOf } from './venue-host/index.ts'
import type { AccountReset, MarketPace, WeatherNow } from './venues/paper/index.ts'
import { RemoteVenue, type RemoteReset, type RemoteStatus, type VenueWire } from './venues/remote/index.ts'
import { chaosPresetNames, type ChaosPresetName } from './venues/sim/index.ts'

export interface PaperAtHandParts {
  readonly wire: VenueWire
  readonly clock: Clock
  readonly start: Pick<EngineStart, 'folder' | 'profileKind' | 'restarts'>
  /** Wished for by whoever started all of this. */
  readonly weather: ChaosPresetName | undefined
  readonly onTrouble: (what: string, detail: string) => void
}

/** A start is worth so long a wait for the exchange: without it, the first round fails and the next is seconds later. */
const openWaitMs = 1_000

/** The exchange of this profile, in the process that is kept for it; it opens with the books, whose keys open its own. */
export class PaperAtHand implements VenueAtHand {
  readonly desk: PaperDesk
  readonly #trading: PaperTrading
  readonly #parts: PaperAtHandParts
  readonly #statusListeners = new Set<(status: RemoteStatus) => void>()
  #remote: RemoteVenue | undefined
  #pace: MarketPace | undefined
  #weather: WeatherNow | undefined
  #wished: ChaosPresetName | undefined

  constructor(trading: PaperTrading, parts: PaperAtHandParts) {
    this.#trading = trading
    this.#parts = parts
    // What was chosen since is known to the exchange, which outlived the engine that it was told to.
    this.#wished = parts.start.restarts === 0 ? (parts.weather ?? 'calm') : undefined
    // It takes as long to be there as the books do.
    parts.wire.want()
    this.desk = paperDeskOver(this, trading, () => parts.clock.wallMs())
  }

  get status(): RemoteStatus {
    return this.#remote?.status ?? { kind: 'starting' }
  }

  /** As it is, or shall be as soon as the exchange can be told. */
  get wishedWeather(): ChaosPresetName {
    return this.#wished ?? this.#weather?.preset ?? 'calm'
  }

  /** None before the exchange has told it. */
  get weather(): WeatherNow | undefined {
    return this.#weather
  }

  async begin({ vault, past }: OpenedBooks, pace: MarketPace): Promise<void> {
    const { folder, profileKind } = this.#parts.start
    const { accounts, setup } = this.#trading
    this.#pace = pace
    this.#remote = new RemoteVenue({
      wire: this.#parts.wire,
      now: () => this.#parts.clock.wallMs(),
      engine: randomUUID(),
      open: () => ({
        folder: join(folder, 'venue'), keys: venueKeysOf(vault.journalKeys()), areOldBooksKept: profileKind !== 'demo',
        installation: past.trading?.installation ?? setup.installation, accounts, pace: this.#pace ?? pace,
        ...(this.#wished === undefined ? {} : { weather: this.#wished }),
      }),
      onStatus: (status) => this.#noteStatus(status),
      onWeather: (weather) => {
        this.#weather = weather
        // A next life of it shall be as this one.
        this.#wished = weather.preset
      },
    })
    await this.#whenSettled()
  }

  perform(request: VenueRequest): void {
    this.#remote?.perform(request)
  }

  listen(listener: VenueListener): () => void {
    return this.#remote?.listen(listener) ?? (() => undefined)
  }

  follow(pace: MarketPace): void {
    this.#pace = pace
    this.#remote?.follow(pace)
  }

  become(weather: ChaosPresetName): void {
    this.#wished = weather
    this.#remote?.become(weather)
  }

  async reset(reset: AccountReset): Promise<RemoteReset> {
    return this.#remote?.reset(reset) ?? { ok: false, reason: 'not-there' }
  }

  async dispose(): Promise<void> {
    await this.#remote?.dispose()
  }

  /** Until it is open, or it is known that it will not be for now. */
  async #whenSettled(): Promise<void> {
    if (this.status.kind !== 'starting') return
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, openWaitMs)
    const listener = ({ kind }: RemoteStatus): void => (kind === 'starting' ? undefined : resolve())
    this.#statusListeners.add(listener)
    await promise
    this.#statusListeners.delete(listener)
    clearTimeout(timer)
  }

  #noteStatus(status: RemoteStatus): void {
    if (status.kind === 'gone') this.#parts.onTrouble('the process of the exchange ended', `${status.why}, again ${status.again}`)
    if (status.kind === 'refused') this.#parts.onTrouble('the exchange does not open', status.why)
    for (const listener of [...this.#statusListeners]) listener(status)
  }
}

/** What the surroundings of the process wish; `undefined` for nothing, and for what is no weather. */
export const weatherWish = (surroundings: Readonly<Record<string, string | undefined>>): ChaosPresetName | undefined =>
  chaosPresetNames.find((name) => name === surroundings['BALLAST_PAPER_WEATHER'])
