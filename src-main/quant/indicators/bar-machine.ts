import { ensureDefined, fail, ok } from '../../base/index.ts'
import type { Result } from '../../base/index.ts'
import type { QuantError } from '../catalogue-entry.ts'
import { columnNames, type Bar, type ColumnName, type Columns } from './bar.ts'
import { at, isFiniteNumber, readCellsText, textFromCells } from './cells.ts'
import type { Graph, Signal } from './graph.ts'
import { wireGraph, type Layout } from './machine.ts'
import { rowWidth } from './operations.ts'
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
  readonly #columnCells: Int32Array
  readonly #outputCells: Int32Array
  readonly #warmUp: number
  readonly #at: Readonly<Record<ColumnName, number>>
  #bars = 0

  constructor(graph: Graph, outputs: readonly MachineOutput[]) {
    const sources = graph.sources()
    this.outputs = outputs
    this.#layout = wireGraph(graph, outputs.map(({ signal }) => signal))
    this.#columns = columnNames.filter((name) => sources.has(name))
    this.#columnCells = Int32Array.from(this.#columns, (name) => sources.get(name)?.id ?? 0)
    this.#outputCells = Int32Array.from(outputs, ({ signal }) => signal.id)
    this.#warmUp = outputs.reduce((latest, { signal }) => Math.max(latest, signal.first), 0)
    const cellOf = (name: ColumnName): number => sources.get(name)?.id ?? -1
    this.#at = {
      open: cellOf('open'), high: cellOf('high'), low: cellOf('low'), close: cellOf('close'), volume: cellOf('volume'),
      session: cellOf('session'),
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
    return this.#layout.rows.length / rowWidth
  }

  /** Whether the warm-up of every output is over. */
  get isReady(): boolean {
    return this.#bars > this.#warmUp
  }

  /** The value after the last bar; NaN when it is not available. */
  value(output = 0): number {
    return at(this.#layout.cells, ensureDefined(this.#outputCells[output], 'the output'))
  }

  read(into: Float64Array): void {
    const { cells } = this.#layout
    for (let index = 0; index < this.#outputCells.length; index++) into[index] = at(cells, at32(this.#outputCells, index))
  }

  update(bar: Bar): BarOutcome {
    if (!this.#isUsable(bar)) return refusalOf(bar, this.#columns)
    const { cells, scalarsAt, scalarCount } = this.#layout
    copyCells(cells, scalarsAt, scalarsAt + scalarCount, scalarCount)
    this.#take(bar)
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
    this.#take(bar)
    this.#step(this.#bars - 1)
    return accepted
  }

  /** Many bars at once, each output into its array. Only for a machine that has taken none; afterwards it has taken them all. */
  run(columns: Columns, length: number, into: readonly Float64Array[]): void {
    const { cells, scalarsAt, scalarCount } = this.#layout
    const sources = this.#columns.map((name) => ensureDefined(columns[name], `the column ${name}`))
    for (let bar = 0; bar < length; bar++) {
      if (bar === length - 1) copyCells(cells, scalarsAt, scalarsAt + scalarCount, scalarCount)
      for (let index = 0; index < sources.length; index++) {
        cells[at32(this.#columnCells, index)] = (sources[index] as Float64Array)[bar] as number
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
    const at = this.#at
    return (
      (
        at.close < 0 || isFiniteNumber(bar.close)
      ) && (at.high < 0 || isFiniteNumber(bar.high)) && (at.low < 0 || isFiniteNumber(bar.low))
      && (at.open < 0 || isFiniteNumber(bar.open)) && (at.volume < 0 || isFiniteNumber(bar.volume))
      && (at.session < 0 || (bar.session !== undefined && isFiniteNumber(bar.session)))
    )
  }

  #take(bar: Bar): void {
    const { cells } = this.#layout
    const at = this.#at
    if (at.close >= 0) cells[at.close] = bar.close
    if (at.high >= 0) cells[at.high] = bar.high
    if (at.low >= 0) cells[at.low] = bar.low
    if (at.open >= 0) cells[at.open] = bar.open
    if (at.volume >= 0) cells[at.volume] = bar.volume
    if (at.session >= 0) cells[at.session] = bar.session as number
  }

  #step(bar: number): void {
    const { cells, rows, numbers, customs, settled } = this.#layout
    stepRows(cells, rows, numbers, customs, settled, bar)
  }
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
