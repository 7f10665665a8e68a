import { ensureDefined, fail, ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { columnNames, type Bar, type ColumnName, type Columns } from './bar.ts'
import { at, isFiniteNumber, readCellsText, textFromCells } from './cells.ts'
import type { Graph, Signal } from './graph.ts'
import { wireGraph, type Layout, type SourcePlace } from './machine.ts'
import type { Row } from './operations.ts'
import { stepRows } from './step-rows.ts'

export type BarOutcome = Result<undefined, QuantError>

/** Plain data, also as JSON. */
export interface MachineSnapshot {
  readonly fingerprint: string
  readonly bars: number
  readonly cells: string
}

export interface MachineOutput {
  readonly name: string
  readonly signal: Signal
}

const accepted: BarOutcome = Object.freeze(ok(undefined))
const nothingToReplace: BarOutcome = fail({ code: 'too-short', message: 'There is no bar to replace: none has been taken yet.' })

/**
 * Takes bars one by one and keeps the value of every output. Nothing is allocated for a bar that is accepted.
 *
 * A value is NaN while it is not available, which is: before its warm-up, and where its definition has no answer (a position
 * within a range of nothing). It is never infinite.
 */
export class BarMachine {
  readonly outputs: readonly MachineOutput[]
  readonly #layout: Layout
  readonly #columns: readonly ColumnName[]
  readonly #outputCells: Int32Array
  readonly #warmUp: number
  // What every bar needs is a field of its own: one load less for each.
  readonly #cells: Float64Array
  readonly #rows: readonly Row[]
  readonly #settled: number
  readonly #bank: number
  readonly #sources: Readonly<Record<ColumnName, SourcePlace | undefined>>
  #bars = 0

  constructor(graph: Graph, outputs: readonly MachineOutput[]) {
    this.outputs = outputs
    const layout = wireGraph(graph, outputs.map(({ signal }) => signal))
    const { cells, rows, settled, bank, sources } = layout
    this.#layout = layout
    this.#cells = cells
    this.#rows = rows
    this.#settled = settled
    this.#bank = bank
    this.#columns = columnNames.filter((name) => sources.has(name))
    this.#outputCells = Int32Array.from(outputs, ({ signal }) => signal.id)
    this.#warmUp = outputs.reduce((latest, { signal }) => Math.max(latest, signal.first), 0)
    this.#sources = {
      open: sources.get('open'), high: sources.get('high'), low: sources.get('low'), close: sources.get('close'),
      volume: sources.get('volume'), session: sources.get('session'),
    }
  }

  /** The columns that are read, in the order of `columnNames`. */
  get columns(): readonly ColumnName[] {
    return this.#columns
  }

  get bars(): number {
    return this.#bars
  }

  get nodeCount(): number {
    return this.#rows.length
  }

  /** Whether the warm-up of every output is over. */
  get isReady(): boolean {
    return this.#bars > this.#warmUp
  }

  /** The value after the last bar; NaN when it is not available. */
  value(output = 0): number {
    return at(this.#cells, ensureDefined(this.#outputCells[output], 'the output'))
  }

  read(into: Float64Array): void {
    const cells = this.#cells
    for (let index = 0; index < this.#outputCells.length; index++) into[index] = at(cells, at32(this.#outputCells, index))
  }

  update(bar: Bar): BarOutcome {
    if (!this.#isUsable(bar)) return refusalOf(bar, this.#columns)
    this.#keepScalars()
    this.#take(bar, this.#bars)
    this.#step(this.#bars)
    this.#bars++
    return accepted
  }

  /** As if the last update had never happened and this bar had come instead. May be called any number of times. */
  replace(bar: Bar): BarOutcome {
    if (this.#bars === 0) return nothingToReplace
    if (!this.#isUsable(bar)) return refusalOf(bar, this.#columns)
    const { cells, scalarsAt, scalarCount } = this.#layout
    copyCells(cells, scalarsAt + scalarCount, scalarsAt, scalarCount)
    this.#take(bar, this.#bars - 1)
    this.#step(this.#bars - 1)
    return accepted
  }

  /** Many bars at once, each output into its array. Only for a machine that has taken none; afterwards it has taken them all. */
  run(columns: Columns, length: number, into: readonly Float64Array[]): void {
    const cells = this.#cells
    const sources = this.#columns.map((name) => ensureDefined(columns[name], `the column ${name}`))
    const places = this.#columns.map((name) => ensureDefined(this.#sources[name], `the place of ${name}`))
    for (let bar = 0; bar < length; bar++) {
      if (bar === length - 1) this.#keepScalars()
      for (let index = 0; index < sources.length; index++) {
        put(cells, places[index] as SourcePlace, bar, (sources[index] as Float64Array)[bar] as number)
      }
      this.#step(bar)
      for (let index = 0; index < into.length; index++) (into[index] as Float64Array)[bar] = at(
        cells, at32(this.#outputCells, index),
      )
    }
    this.#bars = length
  }

  snapshot(): MachineSnapshot {
    return { fingerprint: this.#layout.fingerprint, bars: this.#bars, cells: textFromCells(this.#layout.cells) }
  }

  restore(snapshot: MachineSnapshot): BarOutcome {
    const { fingerprint, bars, cells } = snapshot
    const isOurs = fingerprint === this.#layout.fingerprint && Number.isSafeInteger(bars) && bars >= 0
    if (!isOurs || !readCellsText(cells, this.#layout.cells)) {
      return fail({ code: 'bad-input', message: 'The snapshot is of another indicator, other parameters or another version.' })
    }
    this.#bars = bars
    return accepted
  }

  #isUsable(bar: Bar): boolean {
    const { close, high, low, open, volume, session } = this.#sources
    return (
      (close === undefined || isFiniteNumber(bar.close)) && (high === undefined || isFiniteNumber(bar.high))
      && (low === undefined || isFiniteNumber(bar.low)) && (open === undefined || isFiniteNumber(bar.open))
      && (volume === undefined || isFiniteNumber(bar.volume))
      && (session === undefined || (bar.session !== undefined && isFiniteNumber(bar.session)))
    )
  }

  #take(bar: Bar, index: number): void {
    const cells = this.#cells
    const { close, high, low, open, volume, session } = this.#sources
    if (close !== undefined) put(cells, close, index, bar.close)
    if (high !== undefined) put(cells, high, index, bar.high)
    if (low !== undefined) put(cells, low, index, bar.low)
    if (open !== undefined) put(cells, open, index, bar.open)
    if (volume !== undefined) put(cells, volume, index, bar.volume)
    if (session !== undefined) put(cells, session, index, bar.session as number)
  }

  #step(bar: number): void {
    stepRows(this.#cells, this.#rows, this.#settled, this.#bank, bar)
  }

  /** What functions remember, for a bar that may be taken back. */
  #keepScalars(): void {
    const { scalarsAt, scalarCount } = this.#layout
    if (scalarCount > 0) copyCells(this.#cells, scalarsAt, scalarsAt + scalarCount, scalarCount)
  }
}

function put(cells: Float64Array, { cell, base, mask }: SourcePlace, bar: number, value: number): void {
  cells[cell] = value
  cells[base + (bar & mask)] = value
}

/** A call of the built-in costs more than a few numbers do. */
function copyCells(cells: Float64Array, from: number, to: number, count: number): void {
  if (count > 48) cells.copyWithin(to, from, from + count)
  else for (let index = 0; index < count; index++) cells[to + index] = at(cells, from + index)
}

const at32 = (list: Int32Array, index: number): number => list[index] as number

function refusalOf(bar: Bar, columns: readonly ColumnName[]): BarOutcome {
  const bad = columns.find((name) => !isFiniteNumber(bar[name] ?? Number.NaN))
  return fail(
    { code: 'bad-input', message: `The bar’s ${bad} is expected to be a finite number, but it was ${String(bar[bad ?? 'close'])}.` },
  )
}
