import type { VenueReport, VenueRequest } from '../../domain/index.ts'
import type { Venue, VenueListener } from '../../ports/index.ts'
import type { AccountReset, MarketPace, OpenedAccount, ResetOutcome, WeatherNow } from '../paper/index.ts'
import type { ChaosPresetName } from '../sim/index.ts'
import { notCarried } from './not-carried.ts'
import type { FromVenue, OpenPaper, ToVenue } from './venue-messages.ts'

/** What whoever keeps the venue's process says about it. Each process is a life of its own. */
export type VenueNews =
  | { readonly kind: 'up'; readonly life: number }
  | { readonly kind: 'gone'; readonly life: number; readonly why: string; readonly again: 'soon' | 'slowly' | 'never' }
  | { readonly kind: 'said'; readonly life: number; readonly body: unknown }

/** The way to whoever keeps the venue's process. */
export interface VenueWire {
  /** From now on there is to be one. */
  want(): void
  /** To this life of it and no other. */
  send(life: number, body: ToVenue): void
  onNews(listener: (news: VenueNews) => void): void
}

export interface RemoteVenueParts {
  readonly wire: VenueWire
  /** Asked anew for each life, so that it knows what is so by then. */
  readonly open: () => OpenPaper
  readonly now: () => number
  /** Of this engine: nobody before or after it has the same. */
  readonly engine: string
  readonly onStatus?: (status: RemoteStatus) => void
  readonly onWeather?: (weather: WeatherNow) => void
}

export type RemoteStatus =
  | { readonly kind: 'starting' }
  | { readonly kind: 'open'; readonly accounts: readonly OpenedAccount[] }
  | { readonly kind: 'gone'; readonly why: string; readonly again: 'soon' | 'slowly' | 'never' }
  /** It lives, and will not open: its books cannot be read, for example. */
  | { readonly kind: 'refused'; readonly why: string }

/**
 * The engine's end of a venue that lives in a process of its own.
 *
 * Invariants:
 * 1. A request is handed to the one life of the venue that is open at that moment; it is never kept for another.
 * 2. What was not handed over is told as not sent, and what was handed to a life that ended as gone.
 * 3. Nothing that an earlier life or an earlier engine's line says is heard.
 */
export class RemoteVenue implements Venue {
  readonly #parts: RemoteVenueParts
  readonly #resets = new Map<number, (outcome: RemoteReset) => void>()
  #status: RemoteStatus = { kind: 'starting' }
  #listener: VenueListener | undefined
  #life: number | undefined
  #isOpen = false
  #asks = 0
  #late: { follow?: ToVenue; become?: ToVenue } = {}
  #isDisposed = false

  constructor(parts: RemoteVenueParts) {
    this.#parts = parts
    parts.wire.onNews((news) => this.#hear(news))
    parts.wire.want()
  }

  get status(): RemoteStatus {
    return this.#status
  }

  perform(request: VenueRequest): void {
    if (this.#isDisposed) return
    if (this.#isOpen && this.#life !== undefined) return this.#parts.wire.send(this.#life, { kind: 'perform', line: this.#line(), request })
    const report = notCarried(request, this.#parts.now(), 'the venue is not there')
    // Not from within: who asks does not expect an answer before his own call has ended.
    if (report !== undefined) void Promise.resolve().then(() => this.#report(report))
  }

  listen(listener: VenueListener): () => void {
    this.#listener = listener
    return () => {
      if (this.#listener === listener) this.#listener = undefined
    }
  }

  follow(pace: MarketPace): void {
    this.#say({ kind: 'follow', pace })
  }

  become(weather: ChaosPresetName): void {
    this.#say({ kind: 'become', weather })
  }

  reset(reset: AccountReset): Promise<RemoteReset> {
    if (!this.#isOpen) return Promise.resolve({ ok: false, reason: 'not-there' })
    this.#asks += 1
    const ask = this.#asks
    return new Promise((resolve) => {
      this.#resets.set(ask, resolve)
      this.#say({ kind: 'reset', line: this.#line(), ask, reset })
    })
  }

  dispose(): Promise<void> {
    this.#isDisposed = true
    this.#isOpen = false
    this.#listener = undefined
    this.#endResets()
    return Promise.resolve()
  }

  #line(): string {
    return `${this.#parts.engine} ${this.#life ?? 0}`
  }

  #say(body: ToVenue): void {
    if (this.#isOpen && this.#life !== undefined) this.#parts.wire.send(this.#life, body)
    // Its opening may be under way with what was so before.
    else if (body.kind === 'follow') this.#late.follow = body
    else if (body.kind === 'become') this.#late.become = body
  }

  #hear(news: VenueNews): void {
    if (this.#isDisposed) return
    if (news.kind === 'up') return this.#up(news.life)
    if (news.kind === 'gone') return this.#gone(news)
    // The venue's process is our own program: what it says is a FromVenue.
    if (news.life === this.#life) this.#take(news.body as FromVenue)
  }

  #up(life: number): void {
    if (life === this.#life) return
    this.#life = life
    this.#isOpen = false
    this.#become({ kind: 'starting' })
    this.#late = {}
    this.#parts.wire.send(life, { kind: 'open', line: this.#line(), open: this.#parts.open() })
  }

  #gone({ life, why, again }: Extract<VenueNews, { kind: 'gone' }>): void {
    if (this.#life !== undefined && life !== this.#life) return
    const wasOpen = this.#isOpen
    this.#life = undefined
    this.#isOpen = false
    this.#endResets()
    if (wasOpen && this.#status.kind === 'open') {
      for (const { id } of this.#status.accounts) this.#report({ kind: 'stream-reported', at: this.#parts.now(), account: id, state: 'down' })
    }
    this.#become({ kind: 'gone', why, again })
    this.#listener?.gone(why)
  }

  #take(message: FromVenue): void {
    if (message.kind === 'weather') return this.#parts.onWeather?.(message.weather)
    if (message.line !== this.#line()) return
    switch (message.kind) {
      case 'opened':
        this.#isOpen = true
        for (const body of [this.#late.follow, this.#late.become]) if (body !== undefined) this.#say(body)
        return this.#become({ kind: 'open', accounts: message.accounts })
      case 'refused': return this.#become({ kind: 'refused', why: message.why })
      case 'report': return this.#report(message.report)
      case 'reset-done':
        this.#resets.get(message.ask)?.(message.outcome)
        this.#resets.delete(message.ask)
    }
  }

  #report(report: VenueReport): void {
    this.#listener?.report(report)
  }

  #endResets(): void {
    for (const resolve of this.#resets.values()) resolve({ ok: false, reason: 'not-known' })
    this.#resets.clear()
  }

  #become(status: RemoteStatus): void {
    this.#status = status
    this.#parts.onStatus?.(status)
  }
}

export type RemoteReset =
  | ResetOutcome
  /** Nothing was asked: there is nobody to ask. */
  | { readonly ok: false; readonly reason: 'not-there' }
  /** It ended before it answered: the account may be reset or not. */
  | { readonly ok: false; readonly reason: 'not-known' }
