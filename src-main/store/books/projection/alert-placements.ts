import { z } from 'zod'
import type { JournalBody } from '../../../ports/index.ts'
import { name, placing, type Placement } from './placement.ts'

const alertRaised = z.object({
  id: name,
  rule: name,
  severity: name,
  /** What it is about: one feed, one account. */
  subject: z.string().optional(),
  /** What the text of the alert is filled with. */
  parameters: z.record(z.string(), z.json()).optional(),
  /** How often by now; counted here when it is not said. */
  times: z.int().min(1).optional(),
})
const alertMoved = z.object({ id: name })
const alertCleared = z.object({ id: name, why: z.string().optional() })
const alertSnoozed = z.object({ id: name, untilMs: z.number() })
const alertSent = z.object({ id: name, channel: name, reason: z.string().optional() })

export type AlertRaisedBody = z.input<typeof alertRaised>
export type AlertMovedBody = z.input<typeof alertMoved>
export type AlertClearedBody = z.input<typeof alertCleared>
export type AlertSnoozedBody = z.input<typeof alertSnoozed>
export type AlertSentBody = z.input<typeof alertSent>

const unknownAlert = 'no such alert was raised'
const unlessMoved = (isMoved: boolean): string | undefined => (isMoved ? undefined : unknownAlert)

const sent = (delivered: boolean): Placement =>
  placing(alertSent, ({ alerts }, { at, sequence }, { id, channel, reason }) => {
    if (alerts.byId(id) === undefined) return unknownAlert
    alerts.keepFact(id, `sent ${channel}`, sequence)
    alerts.addDelivery({ sequence, alert: id, at, channel, delivered, reason: reason ?? null })
    return undefined
  })

export const alertPlacements: Readonly<Record<string, Placement>> = {
  'alert.raised': placing(alertRaised, ({ alerts }, { at, sequence }, body) => {
    const { id, rule, severity, subject = '', parameters = {}, times } = body
    // An engine that could not know of the one before it gave the same cause another number, and goes on under that.
    for (const other of alerts.openOthers({ id, rule, subject })) {
      alerts.forgetFacts(other)
      alerts.move(other, { state: 'cleared', at, clearedWhy: 'renumbered' })
    }
    const count = times ?? (alerts.byId(id)?.times ?? 0) + 1
    alerts.raise({ id, rule, severity, subject, sequence, at, times: count, parameters: parameters as JournalBody })
    alerts.keepFact(id, 'raised', sequence)
  }),
  'alert.acknowledged': placing(alertMoved, ({ alerts }, { at, sequence }, { id }) => {
    alerts.keepFact(id, 'acknowledged', sequence)
    return unlessMoved(alerts.move(id, { state: 'acknowledged', at }))
  }),
  'alert.snoozed': placing(alertSnoozed, ({ alerts }, { at, sequence }, { id, untilMs }) => {
    alerts.keepFact(id, 'snoozed', sequence)
    return unlessMoved(alerts.move(id, { state: 'snoozed', at, snoozedUntil: untilMs }))
  }),
  'alert.cleared': placing(alertCleared, ({ alerts }, { at }, { id, why }) => {
    alerts.forgetFacts(id)
    return unlessMoved(alerts.move(id, { state: 'cleared', at, clearedWhy: why ?? null }))
  }),
  'alert.delivered': sent(true),
  'alert.undelivered': sent(false),
}
