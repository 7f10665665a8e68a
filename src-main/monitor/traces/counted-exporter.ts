import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace'

/** What became of the spans that ended. */
export interface SpanCounts {
  readonly sent: number
  readonly lost: number
}

type ExportDone = Parameters<SpanExporter['export']>[1]

/** Counts what the collector took and what it did not; that it cannot be reached is a number and nothing more. */
export class CountedExporter implements SpanExporter {
  readonly #inner: SpanExporter
  #sent = 0
  #failed = 0
  #dropped = 0

  constructor(inner: SpanExporter) {
    this.#inner = inner
  }

  get counts(): SpanCounts {
    return { sent: this.#sent, lost: this.#failed + this.#dropped }
  }

  get sent(): number {
    return this.#sent
  }

  get failed(): number {
    return this.#failed
  }

  export(spans: ReadableSpan[], done: ExportDone): void {
    let isDone = false
    const finish: ExportDone = (result) => {
      if (isDone) return
      isDone = true
      // SUCCESS is 0 in OpenTelemetry's ExportResultCode.
      if (result.code === 0) this.#sent += spans.length
      else this.#failed += spans.length
      done(result)
    }
    try {
      this.#inner.export(spans, finish)
    } catch {
      finish({ code: 1 })
    }
  }

  /** A span for which there was no room. */
  addDropped(): void {
    this.#dropped += 1
  }

  shutdown(): Promise<void> {
    return this.#inner.shutdown()
  }

  async forceFlush(): Promise<void> {
    await this.#inner.forceFlush?.()
  }
}
