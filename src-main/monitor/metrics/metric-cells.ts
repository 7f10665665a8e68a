import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { MetricSpec } from './metric-table.ts'

/**
 * The cells behind the setters. A gauge and a counter are numbers of our own that are carried over when somebody asks for the
 * text, so setting one costs no more than that. Whatever is not a number is left out and counted, never thrown at the engine.
 */
export interface MetricCell {
  /** For the health panel: by label, or under the empty name where there is none. */
  read(): ReadonlyMap<string, CellValue>
}

export type CellValue = number | HistogramValue

export interface HistogramValue {
  readonly count: number
  readonly sum: number
  readonly max: number
}

/** A label whose values come from elsewhere must not grow without end. */
export const labelValuesMax = 64
export const otherLabel = 'other'

/** Says under which value it is counted: a stranger goes to the others. */
function boundedLabel(spec: MetricSpec, known: { has(value: string): boolean; readonly size: number }, value: string): string {
  if (known.has(value)) return value
  if (spec.labelValues !== undefined) return spec.labelValues.includes(value) ? value : otherLabel
  return known.size < labelValuesMax ? value : otherLabel
}

const labelsOf = ({ label }: MetricSpec, value: string): Record<string, string> => (label === undefined ? {} : { [label]: value })

const configOf = (spec: MetricSpec, registers: Registry[]) => ({
  name: spec.name,
  help: spec.help,
  labelNames: spec.label === undefined ? [] : [spec.label],
  registers,
})

export class GaugeCell implements MetricCell {
  readonly #spec: MetricSpec
  readonly #values = new Map<string, number>()

  constructor(spec: MetricSpec, registry: Registry) {
    this.#spec = spec
    const values = this.#values
    // prom-client calls `collect` with the gauge as `this`, each time before it prints.
    const gauge = new Gauge({
      ...configOf(spec, []),
      collect() {
        this.reset()
        if (spec.label === undefined) this.remove()
        for (const [label, value] of values) this.set(labelsOf(spec, label), value)
      },
    })
    registry.registerMetric(gauge)
  }

  /** Undefined takes the figure away again: nobody knows it any more. */
  set(value: number | undefined, label = ''): void {
    const key = this.#spec.label === undefined ? '' : boundedLabel(this.#spec, this.#values, label)
    if (value === undefined || !Number.isFinite(value)) this.#values.delete(key)
    else this.#values.set(key, value)
  }

  read(): ReadonlyMap<string, number> {
    return this.#values
  }
}

export class CounterCell implements MetricCell {
  readonly #spec: MetricSpec
  readonly #values = new Map<string, number>()

  constructor(spec: MetricSpec, registry: Registry) {
    this.#spec = spec
    // A counter that begins at nothing shows its first increase.
    for (const label of spec.label === undefined ? [''] : (spec.labelValues ?? [])) this.#values.set(label, 0)
    const values = this.#values
    const counter = new Counter({
      ...configOf(spec, []),
      collect() {
        this.reset()
        for (const [label, value] of values) this.inc(labelsOf(spec, label), value)
      },
    })
    registry.registerMetric(counter)
  }

  add(count = 1, label = ''): void {
    if (!(count > 0 && Number.isFinite(count))) return
    const key = this.#spec.label === undefined ? '' : boundedLabel(this.#spec, this.#values, label)
    this.#values.set(key, (this.#values.get(key) ?? 0) + count)
  }

  read(): ReadonlyMap<string, number> {
    return this.#values
  }
}

interface HistogramChild {
  readonly observe: (value: number) => void
  count: number
  sum: number
  max: number
}

export class HistogramCell implements MetricCell {
  readonly #spec: MetricSpec
  readonly #histogram: Histogram
  readonly #children = new Map<string, HistogramChild>()

  constructor(spec: MetricSpec, registry: Registry) {
    this.#spec = spec
    this.#histogram = new Histogram({ ...configOf(spec, [registry]), buckets: [...(spec.buckets ?? [])] })
    for (const label of spec.label === undefined ? [''] : (spec.labelValues ?? [])) this.#childOf(label)
  }

  observe(value: number, label = ''): void {
    // A clock that went back is no measurement.
    if (!(value >= 0 && value < Infinity)) return
    const child = this.#childOf(label)
    child.observe(value)
    child.count += 1
    child.sum += value
    if (value > child.max) child.max = value
  }

  read(): ReadonlyMap<string, HistogramValue> {
    return new Map([...this.#children].map(([label, { count, sum, max }]) => [label, { count, sum, max }]))
  }

  #childOf(label: string): HistogramChild {
    const known = this.#children.get(label)
    if (known !== undefined) return known
    const key = this.#spec.label === undefined ? '' : boundedLabel(this.#spec, this.#children, label)
    const child = this.#children.get(key) ?? this.#newChild(key)
    this.#children.set(key, child)
    return child
  }

  #newChild(key: string): HistogramChild {
    const labels = labelsOf(this.#spec, key)
    this.#histogram.zero(labels)
    const { observe } = this.#histogram.labels(labels)
    return { observe, count: 0, sum: 0, max: 0 }
  }
}
