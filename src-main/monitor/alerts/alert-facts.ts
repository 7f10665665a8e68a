import { z } from 'zod'
import type { JournalRecord } from '../../ports/index.ts'
import { alertSeverities } from '../metrics/index.ts'

/**
 * What is written to the journal about alerts, and all that the centre's state is made of. A fact that an older or newer version
 * wrote and this one cannot read is left out: alerts are rebuilt from the readings anyway.
 */
const id = z.string().regex(/^alert-[1-9]\d{0,9}$/)
const name = z.string().min(1).max(100)
const parameters = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

const bodies = {
  /** Raised, raised again (`times`), or back after its snooze was over. */
  'alert.raised': z.strictObject({
    id,
    rule: name,
    subject: z.string().max(200),
    severity: z.enum(alertSeverities),
    parameters,
    times: z.int().min(1),
  }),
  'alert.acknowledged': z.strictObject({ id, actor: name }),
  'alert.snoozed': z.strictObject({ id, actor: name, untilMs: z.int().min(0) }),
  'alert.cleared': z.strictObject({ id, why: z.enum(['well', 'seen', 'crowded-out']) }),
  'alert.delivered': z.strictObject({ id, channel: name, afterMs: z.number().min(0) }),
  'alert.undelivered': z.strictObject({ id, channel: name, reason: z.string().max(200) }),
} as const

export type AlertFactKind = keyof typeof bodies
export const alertFactKinds = Object.keys(bodies) as readonly AlertFactKind[]

export type AlertFact = {
  readonly [Kind in AlertFactKind]: { readonly kind: Kind; readonly at: number; readonly body: z.output<(typeof bodies)[Kind]> }
}[AlertFactKind]

export function parseAlertFact({ kind, at, body }: Pick<JournalRecord, 'kind' | 'at' | 'body'>): AlertFact | undefined {
  if (!isAlertFactKind(kind) || !Number.isSafeInteger(at) || at < 0) return undefined
  const parsed = bodies[kind].safeParse(body)
  // The schema is the one of this kind.
  return parsed.success ? ({ kind, at, body: parsed.data } as AlertFact) : undefined
}

const isAlertFactKind = (kind: string): kind is AlertFactKind => Object.hasOwn(bodies, kind)
