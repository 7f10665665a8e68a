import { succeed, type Contract, type HealthView } from '../../src-preload/contract/index.ts'
import type { Handlers } from '../bridge/index.ts'

export type HealthEntryName = 'health.watch' | 'metrics.text'

export interface HealthHandlerParts {
  readonly view: () => HealthView
  /** Empty when the settings switch them off. */
  readonly metricsText: () => Promise<string>
}

const periodMs = 1_000

export function createHealthHandlers({ view, metricsText }: HealthHandlerParts): Pick<Handlers<Contract>, HealthEntryName> {
  return {
    'health.watch': (_input, sink) => {
      sink.snapshot(view())
      const timer = setInterval(() => sink.delta(view()), periodMs)
      return () => clearInterval(timer)
    },
    'metrics.text': async () => succeed({ text: await metricsText() }),
  }
}
