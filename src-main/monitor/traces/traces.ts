import { createHash, randomBytes } from 'node:crypto'
import { ROOT_CONTEXT, SpanStatusCode, trace, type HrTime, type Span, type Tracer } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { isWebAddress } from '../delivery/index.ts'
import { BoundedProcessor } from './bounded-processor.ts'
import { CountedExporter, type SpanCounts } from './counted-exporter.ts'

/**
 * One trace for each command, from its arrival to the last thing that it caused, under an id that follows from its correlation.
 * Off unless an endpoint is set. It must never wait for the collector, and never hold more than it may.
 * Invariants: 1 what is open is bounded in number and in time; 2 what cannot be sent is counted and let go.
 */
export interface Traces {
  /** A command has come. */
  begin(correlation: string, name: string, at: number, attributes?: TraceAttributes): void
  /** Something that it caused, such as a record that became durable. */
  step(correlation: string, name: string, fromMs: number, toMs: number, attributes?: TraceAttributes): void
  /** Its last event; later ones are not part of it any more. */
  end(correlation: string, at: number, outcome: 'done' | 'refused' | 'failed'): void
  readonly counts: SpanCounts
  dispose(): Promise<void>
}

export type TraceAttributes = Readonly<Record<string, string | number | boolean>>

export interface TraceParts {
  /** Where the collector takes traces by OTLP over http; undefined is off. */
  readonly endpoint: string | undefined
  readonly labels: Readonly<Record<string, string>>
  readonly scrub: (text: string) => string
  readonly limits?: Partial<TraceLimits>
}

export interface TraceLimits {
  readonly openMax: number
  /** After so long without news a command has had its last event. */
  readonly idleMs: number
  readonly batchMs: number
  readonly waitingMax: number
  readonly sendMs: number
}

export const traceLimits: TraceLimits = { openMax: 1_000, idleMs: 60_000, batchMs: 1_000, waitingMax: 4_096, sendMs: 5_000 }

const off: Traces = {
  begin: () => undefined,
  step: () => undefined,
  end: () => undefined,
  counts: { sent: 0, lost: 0 },
  dispose: () => Promise.resolve(),
}

/** An endpoint that is no web address is off too: settings have said so already. */
export const openTraces = (parts: TraceParts): Traces =>
  parts.endpoint !== undefined && isWebAddress(parts.endpoint) ? new OpenTraces(parts, parts.endpoint) : off

/** The same for everyone who knows the correlation, so that a log line leads to its trace. */
export const traceIdOf = (correlation: string): string => createHash('sha256').update(correlation).digest('hex').slice(0, 32)

/** A plain number that is small enough would be taken for a time since the start of the process. */
const timeOf = (ms: number): HrTime => [Math.floor(ms / 1_000), Math.round((ms % 1_000) * 1_000_000)]

interface OpenTrace {
  readonly span: Span
  lastAt: number
  heardAt: number
}

class OpenTraces implements Traces {
  readonly #parts: TraceParts
  readonly #limits: TraceLimits
  readonly #exporter: CountedExporter
  readonly #provider: TracerProvider
  readonly #tracer: Tracer
  readonly #open = new Map<string, OpenTrace>()
  readonly #timer: NodeJS.Timeout
  #nextTraceId = ''

  constructor(parts: TraceParts, endpoint: string) {
    this.#parts = parts
    this.#limits = { ...traceLimits, ...parts.limits }
    const { batchMs, waitingMax, sendMs, idleMs } = this.#limits
    this.#exporter = new CountedExporter(new OTLPTraceExporter({ url: endpoint, timeoutMillis: sendMs, concurrencyLimit: 2 }))
    const processor = new BatchSpanProcessor({
      exporter: this.#exporter,
      scheduledDelayMillis: batchMs,
      maxQueueSize: waitingMax,
      maxExportBatchSize: Math.min(512, waitingMax),
      exportTimeoutMillis: sendMs,
    })
    this.#provider = new TracerProvider({
      spanProcessors: [new BoundedProcessor(processor, this.#exporter, waitingMax)],
      idGenerator: { generateTraceId: () => this.#nextTraceId, generateSpanId: () => randomBytes(8).toString('hex') },
    })
    this.#tracer = this.#provider.getTracer('ballast')
    this.#timer = setInterval(() => this.#endIdle(), Math.max(10, idleMs / 4))
    this.#timer.unref()
  }

  get counts(): SpanCounts {
    return this.#exporter.counts
  }

  begin(correlation: string, name: string, at: number, attributes: TraceAttributes = {}): void {
    if (this.#open.has(correlation)) return
    const [oldest] = this.#open
    if (this.#open.size >= this.#limits.openMax && oldest !== undefined) this.#finish(oldest[0], oldest[1], 'failed')
    this.#nextTraceId = traceIdOf(correlation)
    const told = this.#clean({ ...this.#parts.labels, correlation, ...attributes })
    const options = { startTime: timeOf(at), root: true, attributes: told }
    const span = this.#tracer.startSpan(this.#parts.scrub(name), options, ROOT_CONTEXT)
    this.#open.set(correlation, { span, lastAt: at, heardAt: performance.now() })
  }

  step(correlation: string, name: string, fromMs: number, toMs: number, attributes: TraceAttributes = {}): void {
    const open = this.#open.get(correlation)
    if (open === undefined) return
    const context = trace.setSpan(ROOT_CONTEXT, open.span)
    const options = { startTime: timeOf(fromMs), attributes: this.#clean(attributes) }
    this.#tracer.startSpan(this.#parts.scrub(name), options, context).end(timeOf(toMs))
    open.lastAt = Math.max(open.lastAt, toMs)
    open.heardAt = performance.now()
  }

  end(correlation: string, at: number, outcome: 'done' | 'refused' | 'failed'): void {
    const open = this.#open.get(correlation)
    if (open === undefined) return
    open.lastAt = Math.max(open.lastAt, at)
    this.#finish(correlation, open, outcome)
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer)
    for (const [correlation, open] of this.#open) this.#finish(correlation, open, 'done')
    // A collector that cannot be reached has been counted.
    await this.#provider.shutdown().catch(() => undefined)
  }

  #finish(correlation: string, { span, lastAt }: OpenTrace, outcome: 'done' | 'refused' | 'failed'): void {
    this.#open.delete(correlation)
    span.setAttribute('outcome', outcome)
    if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(timeOf(lastAt))
  }

  #endIdle(): void {
    const before = performance.now() - this.#limits.idleMs
    for (const [correlation, open] of this.#open) if (open.heardAt <= before) this.#finish(correlation, open, 'done')
  }

  #clean(attributes: TraceAttributes): TraceAttributes {
    const scrub = (value: TraceAttributes[string]) => (typeof value === 'string' ? this.#parts.scrub(value) : value)
    return Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, scrub(value)]))
  }
}
