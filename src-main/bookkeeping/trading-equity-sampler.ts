import type { JournalDraft } from '../ports/index.ts'
import type { EquitySampledBody } from '../store/index.ts'
import { equitySampled } from './trading-records.ts'

/** Writes down once a minute what the accounts are worth. A minute in which that is not known is left out, never guessed. */
export interface EquitySampler {
  /** Called with each reading of the clock. */
  look(nowMs: number): void
}

export interface EquitySamplerParts {
  /** Nothing while something that is held has no fresh price. */
  readonly read: () => EquitySampledBody | undefined
  readonly write: (draft: JournalDraft) => void
}

const minuteMs = 60_000

export function createEquitySampler({ read, write }: EquitySamplerParts): EquitySampler {
  let sampled: number | undefined
  return {
    look(nowMs) {
      const minute = Math.floor(nowMs / minuteMs)
      if (minute === sampled) return
      const body = read()
      if (body === undefined || body.accounts.length === 0) return
      sampled = minute
      write(equitySampled(body, nowMs))
    },
  }
}
