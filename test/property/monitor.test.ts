import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  AlertCentre, applyAlertFact, emptyAlertState, finding, parseAlertFact, SecretRegister, type AlertFact, type Finding,
} from '../../src-main/monitor/index.ts'

const findings: readonly Finding[] = [
  finding('disk-low', { megabytes: 1 }), finding('clock-jumped', { byMs: 2 }), finding('journal-failed', { detail: 'x' }),
  finding('key-old', { name: 'a', days: 91 }, 'a'), finding('key-old', { name: 'b', days: 91 }, 'b'),
]
const someFinding = fc.constantFrom(...findings)
const someId = fc.integer({ min: 1, max: 12 }).map((number) => `alert-${number}`)

type Step = (centre: AlertCentre, clock: { nowMs: number }) => void
const step: fc.Arbitrary<Step> = fc.oneof(
  someFinding.map((found): Step => (centre) => void centre.raise(found)),
  fc.subarray([...findings]).map(
    (found): Step => (centre) => centre.take({ findings: found, judged: new Set(['disk-low', 'key-old', 'journal-failed']) }),
  ),
  someId.map((id): Step => (centre) => void centre.acknowledge(id, 'hand')),
  fc.tuple(someId, fc.integer({ min: -10, max: 200_000 })).map(
    ([id, afterMs]): Step => (centre, clock) => void centre.snooze(id, clock.nowMs + afterMs, 'hand'),
  ),
  someId.map(
    (id): Step => (centre, clock) => centre.noteDelivery(
      { kind: 'alert.delivered', at: clock.nowMs, body: { id, channel: 'webhook', afterMs: 1 } },
    ),
  ),
  fc.integer({ min: 0, max: 90_000 }).map((byMs): Step => (_centre, clock) => void (clock.nowMs += byMs)),
)

const centreAt = (clock: { readonly nowMs: number }): AlertCentre =>
  new AlertCentre({ nowMs: () => clock.nowMs, records: [], scrub: (text) => text, onBug: (error) => { throw error } })

describe('the alerts', () => {
  it('are after any sequence of steps what their facts alone say', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const clock = { nowMs: 1_000 }
        const facts: AlertFact[] = []
        const centre = centreAt(clock)
        centre.onFact((fact) => facts.push(fact))
        for (const each of steps) each(centre, clock)
        const read = facts.map((fact) => parseAlertFact(JSON.parse(JSON.stringify(fact)) as AlertFact) ?? expect.unreachable())
        expect(read.reduce(applyAlertFact, emptyAlertState)).toEqual(centre.state)
        const causes = centre.open().map(({ rule, subject }) => `${rule} ${subject}`)
        expect(new Set(causes).size).toBe(causes.length)
        const ids = [...centre.open(), ...centre.history()].map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
      }),
    )
  })

  it('lose none: what was raised is open, or is history with its reason', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const clock = { nowMs: 1_000 }
        const raised = new Set<string>()
        const centre = centreAt(clock)
        centre.onChange(({ alert }) => raised.add(alert.id))
        for (const each of steps) each(centre, clock)
        const kept = new Map([...centre.open(), ...centre.history()].map((alert) => [alert.id, alert]))
        for (const id of raised) expect(kept.has(id)).toBe(true)
        for (const alert of centre.history()) expect(alert.cleared).toBeDefined()
      }),
    )
  })
})

describe('the register of secrets', () => {
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 40 })

  it('finds a secret in base64 at any place of a longer text', () => {
    fc.assert(
      fc.property(bytes, fc.uint8Array({ maxLength: 12 }), fc.uint8Array({ maxLength: 12 }), (secret, before, after) => {
        const register = new SecretRegister()
        register.add(secret)
        const encoded = Buffer.concat([before, secret, after]).toString('base64')
        const scrubbed = register.scrub(encoded)
        expect(scrubbed).toContain('[hidden]')
        // At most the few characters that the secret shares with its neighbours are left.
        const left = scrubbed.split('[hidden]').join('').replaceAll('=', '')
        expect(left.length).toBeLessThanOrEqual(Math.ceil((before.length * 8) / 6) + Math.ceil((after.length * 8) / 6) + 4)
      }),
    )
  })

  it('leaves no secret in JSON, an address or hex', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 8, maxLength: 40, unit: 'binary' }), fc.string(), (secret, around) => {
        fc.pre(Buffer.byteLength(secret) >= 6 && secret.isWellFormed() && !around.includes(secret) && !'[hidden]'.includes(secret))
        const register = new SecretRegister()
        register.add(secret)
        for (const form of [
          secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret), Buffer.from(secret).toString('hex'),
        ]) {
          expect(register.scrub(`${around}${form}${around}`)).not.toContain(form)
        }
      }),
    )
  })
})
