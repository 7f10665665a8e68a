import type { InstrumentView } from '../../../src-preload/contract/index.ts'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { freshAgeText } from '../../format/duration.ts'
import { printChange } from '../../format/figure.ts'
import { printShortSteps, printSteps } from '../../format/price.ts'
import { dayChange, heardQuote, quoteAgeMs, spreadTicks, type HeardQuote } from '../../stores/market-quotes.ts'
import { onSparks, sparkOf } from '../../stores/market-sparks.ts'
import { onLooks } from '../../theme/on-looks.ts'
import { onTick } from '../../ui/ticker.ts'
import { drawSpark } from './spark-drawing.ts'

interface WrittenRow {
  readonly instrument: InstrumentView
  readonly element: HTMLElement
  readonly cells: ReadonlyMap<string, HTMLElement>
  readonly spark: HTMLCanvasElement | null
  readonly tint: HTMLElement | null
  version: number
  last: number | null
  tintedAt: number
  sparkAt: number
}

const nothing = '–'
const sparkEveryMs = 3_000
/** A row that trades a hundred times a second must not flicker. */
const tintEveryMs = 600
const tintMs = 320

/** Writes the figures of the rows past React, ten times a second at most, and only those that changed. */
export class RowWriter {
  readonly #rows = new Map<string, WrittenRow>()
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)')
  #locale: Locale = 'en'

  /** Returns what ends it. */
  start(locale: Locale): () => void {
    this.#locale = locale
    for (const row of this.#rows.values()) row.version = -1
    const endings = [
      onTick((now) => this.#write(now)),
      onSparks((instrument) => {
        const row = this.#rows.get(instrument)
        if (row !== undefined) row.sparkAt = -Infinity
      }),
      onLooks(() => this.#redrawSparks()),
    ]
    return () => {
      for (const end of endings) end()
    }
  }

  add(instrument: InstrumentView, element: HTMLElement): () => void {
    const cells = new Map([...element.querySelectorAll<HTMLElement>('[data-cell]')].map((cell) => [cell.dataset['cell'] ?? '', cell]))
    const row: WrittenRow = {
      instrument, element, cells, spark: element.querySelector('canvas'), tint: element.querySelector<HTMLElement>('.watch-tint'),
      version: -1, last: null, tintedAt: 0, sparkAt: -Infinity,
    }
    this.#rows.set(instrument.id, row)
    this.#writeRow(row, performance.now())
    return () => {
      if (this.#rows.get(instrument.id) === row) this.#rows.delete(instrument.id)
    }
  }

  #write(now: number): void {
    for (const row of this.#rows.values()) this.#writeRow(row, now)
  }

  #writeRow(row: WrittenRow, now: number): void {
    const heard = heardQuote(row.instrument.id)
    const version = heard?.version ?? 0
    if (version !== row.version) {
      this.#writePrices(row, heard, now)
      row.version = version
    }
    const age = heard === undefined ? undefined : quoteAgeMs(heard, now)
    const ageText = age === undefined ? nothing : freshAgeText(this.#locale, age)
    put(row, 'age', ageText)
    // Where there is little room: in seconds, and never less than a tenth of one.
    put(row, 'state-age', age === undefined ? nothing : freshAgeText(this.#locale, Math.max(100, age)))
    if (now - row.sparkAt > sparkEveryMs) this.#drawSpark(row, heard, now)
  }

  #writePrices(row: WrittenRow, heard: HeardQuote | undefined, now: number): void {
    const { tick, lot } = row.instrument
    const quote = heard?.quote
    const price = (ticks: number | null | undefined): string =>
      ticks === null || ticks === undefined ? nothing : printSteps(this.#locale, ticks, tick)
    put(row, 'last', price(quote?.last))
    put(row, 'bid', price(quote?.bid))
    put(row, 'ask', price(quote?.ask))
    put(row, 'spread', price(quote === undefined ? undefined : spreadTicks(quote)))
    put(row, 'volume', quote === undefined || quote.dayVolume === null ? nothing : printShortSteps(this.#locale, quote.dayVolume, lot))
    const change = quote === undefined ? undefined : dayChange(quote)
    put(row, 'change', change === undefined ? nothing : printChange(this.#locale, change * 100, 2))
    const side = change === undefined || change === 0 ? 'none' : change > 0 ? 'up' : 'down'
    if (row.element.dataset['side'] !== side) row.element.dataset['side'] = side
    const last = quote?.last ?? null
    if (row.last !== null && last !== null && last !== row.last) this.#tint(row, last > row.last, now)
    row.last = last
  }

  /** A line under the price that fades: only its opacity moves, and not for whoever asked for stillness. */
  #tint(row: WrittenRow, isUp: boolean, now: number): void {
    if (this.#still.matches || row.tint === null || now - row.tintedAt < tintEveryMs) return
    row.tintedAt = now
    row.tint.dataset['side'] = isUp ? 'up' : 'down'
    row.tint.animate([{ opacity: 1 }, { opacity: 0 }], { duration: tintMs, easing: 'ease-out' })
  }

  #drawSpark(row: WrittenRow, heard: HeardQuote | undefined, now: number): void {
    const closes = sparkOf(row.instrument.id)
    if (row.spark === null || closes === undefined) return
    row.sparkAt = now
    drawSpark(row.spark, closes, heard?.quote.last ?? null, getComputedStyle(row.spark).color)
  }

  #redrawSparks(): void {
    for (const row of this.#rows.values()) row.sparkAt = -Infinity
  }
}

function put({ cells }: WrittenRow, name: string, text: string): void {
  const cell = cells.get(name)
  if (cell !== undefined && cell.textContent !== text) cell.textContent = text
}
