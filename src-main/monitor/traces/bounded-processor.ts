import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace'
import type { CountedExporter } from './counted-exporter.ts'

/** Lets no more spans wait than it may: the library would drop them too, but tell nobody how many. */
export class BoundedProcessor implements SpanProcessor {
  readonly #inner: SpanProcessor
  readonly #exporter: CountedExporter
  readonly #waitingMax: number
  #taken = 0

  constructor(inner: SpanProcessor, exporter: CountedExporter, waitingMax: number) {
    this.#inner = inner
    this.#exporter = exporter
    this.#waitingMax = waitingMax
  }

  onStart(...started: Parameters<SpanProcessor['onStart']>): void {
    this.#inner.onStart(...started)
  }

  onEnd(span: ReadableSpan): void {
    const { sent, failed } = this.#exporter
    if (this.#taken - sent - failed >= this.#waitingMax) return this.#exporter.addDropped()
    this.#taken += 1
    this.#inner.onEnd(span)
  }

  forceFlush(): Promise<void> {
    return this.#inner.forceFlush()
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown()
  }
}
