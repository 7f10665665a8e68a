import { rawOf } from '../base/index.ts'
import type { Quantity } from '../base/index.ts'
import type { Refusal, RefusalRule } from '../domain/index.ts'

export const refuse = (rule: RefusalRule, detail: string): Refusal => ({ rule, detail })

/** A limit and what met it, as the raw numbers that a refusal carries. */
export const refuseOver = (rule: RefusalRule, what: string, limit: number, actual: number): Refusal =>
  ({ rule, limit, actual, detail: `${what} is ${actual}, and the limit is ${limit}` })

export const refuseQuantity = <Q extends Quantity>(rule: RefusalRule, what: string, limit: Q, actual: Q): Refusal =>
  refuseOver(rule, what, rawOf(limit), rawOf(actual))
