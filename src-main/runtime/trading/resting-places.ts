import type { TradingView } from '../runtime-parts.ts'

/** On which instruments an order of any kind waits, for whoever tells prices. It looks at the orders only when something happened to one. */
export interface RestingRuntime {
  readonly trading: Pick<TradingView, 'openOrders'> | undefined
  onTradingEvent(listener: () => void): () => void
}

export class RestingPlaces {
  readonly #runtime: RestingRuntime
  readonly #stop: () => void
  #places: ReadonlySet<string> = new Set()
  #isOutOfDate = true

  constructor(runtime: RestingRuntime) {
    this.#runtime = runtime
    this.#stop = runtime.onTradingEvent(() => (this.#isOutOfDate = true))
  }

  has(instrument: string): boolean {
    if (this.#isOutOfDate) this.#look()
    return this.#places.has(instrument)
  }

  dispose(): void {
    this.#stop()
  }

  #look(): void {
    const { trading } = this.#runtime
    // Orders that were replayed made no event: until there is an engine, nothing is known.
    this.#isOutOfDate = trading === undefined
    const places = new Set<string>()
    for (const { spec } of trading?.openOrders() ?? []) places.add(spec.instrument)
    this.#places = places
  }
}
