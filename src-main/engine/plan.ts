import type { Result } from '../base/index.ts'
import type { OrderId, Refusal } from '../domain/index.ts'

/** What a command would lead to: judged first, and nothing is changed before `enact`. */
export interface Plan {
  readonly orders: readonly OrderId[]
  readonly enact: () => void
}
export type Planned = Result<Plan, Refusal>
