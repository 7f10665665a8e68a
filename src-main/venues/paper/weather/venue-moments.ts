import type { VenueReport } from '../../../domain/index.ts'
import { chaosPresets, venueBehaviourPreset, venueCodes } from '../../sim/index.ts'
import type { ChaosPresetName, ExchangeCall, LogNormalDelay, SimExchange, VenueBehaviour } from '../../sim/index.ts'
import type { RawReply } from '../line/wire.ts'
import type { Timeline } from '../timeline.ts'
import type { Weather } from './weather.ts'

/**
 * What the weather does to the venue itself: its habits, its maintenance, halted instruments, prices that jump. Whatever it moves in
 * the prices it takes back in the end, so that the venue's market comes home to everybody's.
 */
export interface VenueMomentsParts {
  readonly exchange: SimExchange
  readonly timeline: Timeline
  readonly weather: Weather
  /** The prices of an instrument were moved: its whole book has to be told anew. */
  readonly moved: (instrument: string) => void
  readonly tell: (report: (at: number) => VenueReport) => void
  readonly accounts: readonly string[]
}

const maintenanceMs = 7_000
const haltMs = 10_000
const restDownMs = 3_000
const gapMs = 8_000
const gapShareMost = 0.01

const few: LogNormalDelay = { mu: 1.6, sigma: 0.3 }
/** About five milliseconds each way: a venue next door. */
export const calmBehaviour: VenueBehaviour = { ...venueBehaviourPreset, latency: { feed: few, entry: few, response: few } }
/** No weather lets a replica lag more than this. */
export const lagMostMs = 4_000

export class VenueMoments {
  readonly #parts: VenueMomentsParts
  readonly #shoved = new Map<string, number>()
  #gate: ((call: ExchangeCall) => RawReply | undefined) | undefined
  #restDownUntil = 0
  /** Counts the changes of weather: what an earlier one planned does not happen any more. */
  #round = 0

  constructor(parts: VenueMomentsParts) {
    this.#parts = parts
  }

  get isRestDown(): boolean {
    return this.#parts.timeline.now < this.#restDownUntil
  }

  gateAnswer(call: ExchangeCall): RawReply | undefined {
    return this.#gate?.(call)
  }

  become(preset: ChaosPresetName): void {
    const { exchange, timeline, weather } = this.#parts
    this.#round += 1
    const round = this.#round
    weather.become(preset)
    this.#gate = undefined
    this.#restDownUntil = 0
    this.#comeHome()
    const { behaviour, shocks } = chaosPresets[preset]
    const { lag, delayedAcceptance, clockSkewMs, latency, limits } = { ...calmBehaviour, ...behaviour }
    exchange.changeBehaviour({ lag, delayedAcceptance, clockSkewMs, latency, limits })
    for (const { afterMs, share } of shocks) timeline.after(afterMs, () => { if (this.#round === round) this.#shock(share) })
    const last = shocks.at(-1)
    if (last !== undefined) timeline.after(last.afterMs + 60_000, () => { if (this.#round === round) this.#comeHome() })
  }

  /** Once in a while something may befall the venue. */
  look(): void {
    const { weather } = this.#parts
    for (const name of ['maintenance', 'symbol-halted', 'price-gap', 'stream-up-rest-down', 'key-revoked'] as const) {
      if (!weather.throws(name)) continue
      weather.struck(name)
      this.#befall(name, weather.shape(name))
    }
  }

  #befall(name: 'maintenance' | 'symbol-halted' | 'price-gap' | 'stream-up-rest-down' | 'key-revoked', shape: number): void {
    const { exchange, timeline } = this.#parts
    const floors = [...exchange.floors.values()]
    const floor = floors[Math.floor(shape * floors.length)]
    switch (name) {
      case 'maintenance': return this.#maintain()
      case 'symbol-halted': if (floor !== undefined) exchange.haltInstrument(floor.id, exchange.now() + haltMs); return
      case 'stream-up-rest-down': this.#restDownUntil = timeline.now + restDownMs * (1 + 2 * shape); return
      case 'key-revoked': return this.#standBefore(reply(401, venueCodes.unknownAccount), 5_000)
      case 'price-gap': {
        if (floor === undefined) return
        const ticks = Math.round(floor.reference() * (shape - 0.5) * 2 * gapShareMost)
        const round = this.#round
        this.#shove(floor.id, ticks)
        timeline.after(gapMs, () => { if (this.#round === round) this.#shove(floor.id, -ticks) })
      }
    }
  }

  #maintain(): void {
    const { timeline, tell, accounts } = this.#parts
    const all = (state: 'maintenance' | 'well', detail: string): void =>
      accounts.forEach((account) => tell((at) => ({ kind: 'venue-health-reported', at, account, state, detail })))
    all('maintenance', 'announced')
    this.#standBefore(reply(503, venueCodes.maintenance), maintenanceMs)
    timeline.after(maintenanceMs + 100, () => all('well', 'it is over'))
  }

  #standBefore(answer: RawReply, forMs: number): void {
    const gate = (): RawReply => answer
    this.#gate = gate
    this.#parts.timeline.after(forMs, () => { if (this.#gate === gate) this.#gate = undefined })
  }

  #shock(share: number): void {
    for (const floor of this.#parts.exchange.floors.values()) this.#shove(floor.id, Math.round(floor.reference() * share))
  }

  #shove(instrument: string, ticks: number): void {
    this.#jump(instrument, ticks)
    this.#shoved.set(instrument, (this.#shoved.get(instrument) ?? 0) + ticks)
  }

  #comeHome(): void {
    for (const [instrument, ticks] of this.#shoved) if (ticks !== 0) this.#jump(instrument, -ticks)
    this.#shoved.clear()
  }

  #jump(instrument: string, ticks: number): void {
    this.#parts.exchange.jumpPrice(instrument, ticks)
    this.#parts.moved(instrument)
  }
}

const reply = (status: number, { code, message }: { readonly code: number; readonly message: string }): RawReply =>
  ({ kind: 'reply', status, text: JSON.stringify({ code, message }) })
