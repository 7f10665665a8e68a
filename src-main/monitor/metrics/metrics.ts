import { Registry } from 'prom-client'
import { engineModes, type EngineMode } from '../../../src-preload/contract/index.ts'
import { CounterCell, GaugeCell, HistogramCell, type CellValue, type MetricCell } from './metric-cells.ts'
import { metricKeys, metricTable, type MetricKey, type MetricSpec, type MetricTable } from './metric-table.ts'

type LabelOf<Spec> = Spec extends { readonly labelValues: readonly (infer Value extends string)[] } ? Value : string

/** What can be done with a figure follows from its line in the table; a label is asked for where there is one. */
type SetterOf<Spec> = Spec extends { readonly kind: 'gauge' }
  ? { set(value: number | undefined, ...label: LabelArgument<Spec>): void }
  : Spec extends { readonly kind: 'counter' }
    ? { add(count: number, ...label: LabelArgument<Spec>): void }
    : { observe(seconds: number, ...label: LabelArgument<Spec>): void }

type LabelArgument<Spec> = Spec extends { readonly label: string } ? [label: LabelOf<Spec>] : []

export type MetricSetters = { readonly [Key in MetricKey]: SetterOf<MetricTable[Key]> }

export type MetricsSnapshot = { readonly [Key in MetricKey]: Readonly<Record<string, CellValue>> }

export type Metrics = MetricSetters & {
  /** For prom-client’s own users. */
  readonly registry: Registry
  /** What a scrape gets, and the type that it is sent with. */
  text(): Promise<string>
  readonly contentType: string
  /** Plain values by label, for the health panel; a figure without a label stands under `value`. */
  snapshot(): MetricsSnapshot
  /** One gauge for each mode. */
  showMode(mode: EngineMode): void
}

const cellOf = (spec: MetricSpec, registry: Registry): MetricCell => {
  if (spec.kind === 'gauge') return new GaugeCell(spec, registry)
  return spec.kind === 'counter' ? new CounterCell(spec, registry) : new HistogramCell(spec, registry)
}

export function createMetrics(): Metrics {
  const registry = new Registry()
  const cells = new Map<MetricKey, MetricCell>(metricKeys.map((key) => [key, cellOf(metricTable[key], registry)]))
  // Each cell was made for the kind that its line of the table names, which is what the setters' types come from.
  const setters = Object.fromEntries(cells) as unknown as MetricSetters
  return {
    ...setters,
    registry,
    contentType: registry.contentType,
    text: () => registry.metrics(),
    // The keys are those of the table; `fromEntries` forgets them.
    snapshot: () => Object.fromEntries([...cells].map(([key, cell]) => [key, plainOf(cell)])) as unknown as MetricsSnapshot,
    showMode: (mode) => {
      for (const each of engineModes) setters.engineMode.set(each === mode ? 1 : 0, each)
    },
  }
}

const plainOf = (cell: MetricCell): Readonly<Record<string, CellValue>> =>
  Object.fromEntries([...cell.read()].map(([label, value]) => [label === '' ? 'value' : label, value]))
