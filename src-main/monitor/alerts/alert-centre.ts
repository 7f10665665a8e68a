import { fail, ok, type Result } from '../../base/index.ts'
import type { JournalRecord } from '../../ports/index.ts'
import { alertSeverities, type AlertSeverity } from '../metrics/index.ts'
import { parseAlertFact, type AlertFact } from './alert-facts.ts'
import { alertRules, type AlertRule, type Finding } from './alert-rules.ts'
import { applyAlertFact, crowdedOut, emptyAlertState, isHappening, sameCause, type Alert, type AlertState } from './alert-state.ts'
import { cleanFinding } from './clean-finding.ts'
import { EarlyFacts, withId } from './early-facts.ts'
import type { Evaluation } from './evaluate.ts'

/**
 * Which alerts are open, and what was done about them. All of it follows from the facts that it tells, so the next engine
 * reads it out of the journal again.
 * Invariants: 1 the same cause is one alert, however often it is found; 2 a state clears only when its rule has looked and
 * found it well for its settling time; 3 a snoozed alert comes back when its time is over; 4 no listener can disturb it;
 * 5 no number is given twice, whatever of the past is known.
 */
export interface AlertChange {
  readonly kind: 'raised' | 'repeated' | 'back' | 'acknowledged' | 'snoozed' | 'cleared' | 'delivery'
  readonly alert: Alert
  /** Milliseconds UTC. */
  readonly at: number
}

export interface AlertCentreParts {
  readonly nowMs: () => number
  /** Of this engine's predecessors, in order; whatever is not about alerts is passed over. */
  readonly records?: Iterable<Pick<JournalRecord, 'kind' | 'at' | 'body'>>
  /** Takes secrets out of what a system or a library had to say. */
  readonly scrub: (text: string) => string
  /** Told of a listener that threw. */
  readonly onBug: (error: unknown) => void
}

export type AlertRefusal = 'no-such-alert' | 'snooze-out-of-range'
export type UnresolvedAlerts = Readonly<Record<AlertSeverity, number>>

/** A cause that is found each second is written once a minute. */
const repeatFactMs = 60_000
export const snoozeMsMax = 7 * 86_400_000

/** Facts that are told again wake nobody a second time. */
const changeOf = {
  'alert.raised': 'repeated',
  'alert.acknowledged': 'acknowledged',
  'alert.snoozed': 'snoozed',
  'alert.cleared': 'cleared',
  'alert.delivered': 'delivery',
  'alert.undelivered': 'delivery',
} as const satisfies Readonly<Record<AlertFact['kind'], AlertChange['kind']>>

export class AlertCentre {
  readonly #parts: AlertCentreParts
  readonly #changeListeners = new Set<(change: AlertChange) => void>()
  readonly #factListeners = new Set<(fact: AlertFact) => void>()
  /** How often each open alert was found since its last fact. */
  readonly #untold = new Map<string, Finding & { readonly count: number }>()
  readonly #wellSince = new Map<string, number>()
  readonly #early = new EarlyFacts()
  /** Until the journal could be read. */
  #isEarly: boolean
  #state: AlertState = emptyAlertState

  constructor(parts: AlertCentreParts) {
    this.#parts = parts
    this.#isEarly = parts.records === undefined
    this.#read(parts.records ?? [])
  }

  /**
   * Takes over what the journal says, once it can be read, and tells again what was found meanwhile, under numbers that go on
   * from there: somebody may have tried secrets at the locked books. `numberMin` is a number that is taken, and all below it,
   * whether or not the records say so.
   */
  remember(records: Iterable<Pick<JournalRecord, 'kind' | 'at' | 'body'>>, numberMin = 0): void {
    this.#isEarly = false
    this.#untold.clear()
    this.#wellSince.clear()
    this.#read(records)
    this.#state = { ...this.#state, number: Math.max(this.#state.number, numberMin) }
    this.#early.tellAgain(() => this.#state, (fact) => this.#record(changeOf[fact.kind], fact))
  }

  /** What it tells now is told again once the journal can be read, and is nothing to write down before. */
  get isEarly(): boolean {
    return this.#isEarly
  }

  /** Newest first, with what has been counted since it was last written. */
  open(): readonly Alert[] {
    return this.#state.open.map((alert) => this.#counted(alert)).toReversed()
  }

  history(): readonly Alert[] {
    return this.#state.history
  }

  /** What the facts alone say. */
  get state(): AlertState {
    return this.#state
  }

  /** What nobody has taken note of; what is put aside counts again when its time is over. */
  unresolved(): UnresolvedAlerts {
    const waiting = this.#state.open.filter(({ acknowledged, snoozed }) => acknowledged === undefined && snoozed === undefined)
    const count = (severity: AlertSeverity): number => waiting.filter((alert) => alert.severity === severity).length
    return { info: count(alertSeverities[0]), warning: count(alertSeverities[1]), critical: count(alertSeverities[2]) }
  }

  raise(finding: Finding): Alert {
    const clean = cleanFinding(finding, this.#parts.scrub)
    const known = this.#find(clean)
    return known === undefined ? this.#raiseNew(clean) : this.#repeat(known, clean)
  }

  /** Takes over what the rules found, clears what is well again, and wakes what was snoozed. To be called about once a second. */
  take({ findings, judged }: Evaluation): void {
    const clean = findings.map((found) => cleanFinding(found, this.#parts.scrub))
    for (const found of clean) this.#keepUp(found)
    for (const alert of this.#state.open) {
      if (!judged.has(alert.rule) || clean.some((found) => sameCause(alert, found))) this.#wellSince.delete(alert.id)
      else this.#settle(alert)
    }
    this.#wake()
    this.#tellRepeats()
  }

  acknowledge(told: string, actor: string): Result<Alert, AlertRefusal> {
    const id = this.#early.idOf(told)
    const alert = this.#state.open.find((each) => each.id === id)
    if (alert === undefined) return fail('no-such-alert')
    this.#record('acknowledged', { kind: 'alert.acknowledged', at: this.#parts.nowMs(), body: { id, actor } })
    // What is over has been seen; a state goes when its cause does.
    if (isHappening(alert.rule)) this.#clear(id, 'seen')
    return ok(this.#anywhere(id) ?? alert)
  }

  snooze(told: string, untilMs: number, actor: string): Result<Alert, AlertRefusal> {
    const id = this.#early.idOf(told)
    const alert = this.#state.open.find((each) => each.id === id)
    if (alert === undefined) return fail('no-such-alert')
    const at = this.#parts.nowMs()
    if (!(untilMs > at && untilMs <= at + snoozeMsMax)) return fail('snooze-out-of-range')
    this.#record('snoozed', { kind: 'alert.snoozed', at, body: { id, actor, untilMs: Math.round(untilMs) } })
    return ok(this.#anywhere(id) ?? alert)
  }

  clear(finding: Pick<Finding, 'rule' | 'subject'>): void {
    const known = this.#find(cleanFinding({ parameters: {}, ...finding }, this.#parts.scrub))
    if (known !== undefined) this.#clear(known.id, 'well')
  }

  /** What became of an alert on a channel; told by the delivery. */
  noteDelivery(fact: Extract<AlertFact, { kind: 'alert.delivered' | 'alert.undelivered' }>): void {
    const id = this.#early.idOf(fact.body.id)
    if (this.#anywhere(id) !== undefined) this.#record('delivery', withId(fact, id))
  }

  onChange(listener: (change: AlertChange) => void): () => void {
    this.#changeListeners.add(listener)
    return () => this.#changeListeners.delete(listener)
  }

  /** For the journal. */
  onFact(listener: (fact: AlertFact) => void): () => void {
    this.#factListeners.add(listener)
    return () => this.#factListeners.delete(listener)
  }

  #read(records: Iterable<Pick<JournalRecord, 'kind' | 'at' | 'body'>>): void {
    this.#state = emptyAlertState
    for (const record of records) {
      const fact = parseAlertFact(record)
      if (fact !== undefined) this.#state = applyAlertFact(this.#state, fact)
    }
  }

  /** Numbers go on from those of the journal; while it cannot be read, none is given that it could know. */
  #nextId(): string {
    return `${this.#isEarly ? 'early' : 'alert'}-${this.#state.number + 1}`
  }

  #find(finding: Pick<Finding, 'rule' | 'subject'>): Alert | undefined {
    return this.#state.open.find((alert) => sameCause(alert, finding))
  }

  #anywhere(id: string): Alert | undefined {
    return [...this.#state.open, ...this.#state.history].find((alert) => alert.id === id)
  }

  #counted(alert: Alert): Alert {
    const untold = this.#untold.get(alert.id)
    return untold === undefined ? alert : { ...alert, times: alert.times + untold.count, parameters: untold.parameters }
  }

  #raiseNew(finding: Finding): Alert {
    const crowded = crowdedOut(this.#state)
    if (crowded !== undefined) this.#clear(crowded.id, 'crowded-out')
    const id = this.#nextId()
    const { severity } = alertRules[finding.rule]
    this.#raised('raised', { ...finding, id, severity, times: 1 })
    const raised = this.#find(finding)
    if (raised === undefined) throw new Error('expected a raised alert to be open')
    return raised
  }

  #raised(kind: 'raised' | 'repeated' | 'back', alert: Omit<Alert, 'raisedAt' | 'lastAt' | 'deliveries'>): void {
    const { id, rule, subject, severity, parameters, times } = alert
    this.#untold.delete(id)
    const body = { id, rule, subject, severity, parameters, times }
    this.#record(kind, { kind: 'alert.raised', at: this.#parts.nowMs(), body })
  }

  #repeat(alert: Alert, finding: Finding): Alert {
    const count = (this.#untold.get(alert.id)?.count ?? 0) + 1
    this.#untold.set(alert.id, { ...finding, count })
    this.#tellRepeats()
    return this.#counted(this.#find(finding) ?? alert)
  }

  /** A snoozed alert is counted in silence; what is told now wakes nobody. */
  #tellRepeats(): void {
    const now = this.#parts.nowMs()
    for (const alert of this.#state.open) {
      const untold = this.#untold.get(alert.id)
      if (untold === undefined || untold.count === 0 || alert.snoozed !== undefined || now - alert.lastAt < repeatFactMs) continue
      this.#raised('repeated', this.#counted(alert))
    }
  }

  /** A state that goes on is no repeat, but its figures move. */
  #keepUp(found: Finding): void {
    const known = this.#find(found)
    if (known === undefined) this.#raiseNew(found)
    else this.#untold.set(known.id, { ...found, count: this.#untold.get(known.id)?.count ?? 0 })
  }

  #settle(alert: Alert): void {
    if (isHappening(alert.rule)) return
    const now = this.#parts.nowMs()
    const since = this.#wellSince.get(alert.id) ?? now
    this.#wellSince.set(alert.id, since)
    const { settleMs = 0 }: AlertRule = alertRules[alert.rule]
    if (now - since >= settleMs) this.#clear(alert.id, 'well')
  }

  #wake(): void {
    const now = this.#parts.nowMs()
    for (const alert of this.#state.open) {
      if (alert.snoozed === undefined || now < alert.snoozed.untilMs) continue
      this.#raised('back', this.#counted(alert))
    }
  }

  #clear(id: string, why: 'well' | 'seen' | 'crowded-out'): void {
    // A listener may have been quicker.
    if (!this.#state.open.some((alert) => alert.id === id)) return
    this.#untold.delete(id)
    this.#wellSince.delete(id)
    this.#record('cleared', { kind: 'alert.cleared', at: this.#parts.nowMs(), body: { id, why } })
  }

  #record(kind: AlertChange['kind'], fact: AlertFact): void {
    this.#state = applyAlertFact(this.#state, fact)
    const alert = this.#anywhere(fact.body.id)
    if (this.#isEarly) this.#early.keep(fact)
    this.#tell(this.#factListeners, fact)
    if (alert !== undefined) this.#tell(this.#changeListeners, { kind, alert, at: fact.at })
  }

  #tell<Told>(listeners: ReadonlySet<(told: Told) => void>, told: Told): void {
    for (const listener of listeners) {
      try {
        listener(told)
      } catch (error) {
        this.#parts.onBug(error)
      }
    }
  }
}
