import { describe, expect, it } from 'vitest'
import {
  AlertCentre, evaluate, finding, openAlertsMax, parseAlertFact, snoozeMsMax, type AlertChange, type AlertFact, type Evaluation,
} from '../../../src-main/monitor/index.ts'

const minute = 60_000

function setUp(records: readonly AlertFact[] | undefined = []) {
  const clock = { nowMs: 1_000_000 }
  const facts: AlertFact[] = []
  const changes: AlertChange[] = []
  const bugs: unknown[] = []
  const centre = new AlertCentre({
    nowMs: () => clock.nowMs,
    scrub: (text) => text.replaceAll('planted', '[hidden]'),
    onBug: (error) => bugs.push(error),
    ...(records !== undefined && { records }),
  })
  centre.onFact((fact) => facts.push(fact))
  centre.onChange((change) => changes.push(change))
  return { clock, facts, changes, bugs, centre, kinds: () => changes.map(({ kind }) => kind) }
}

const jumped = finding('clock-jumped', { byMs: 5_000 })
const low = finding('disk-low', { megabytes: 900 })
const foundLow: Evaluation = { findings: [low], judged: new Set(['disk-low']) }
const notLow: Evaluation = { findings: [], judged: new Set(['disk-low']) }
const unknown: Evaluation = { findings: [], judged: new Set() }

describe('raising', () => {
  it('opens one alert for each cause, under a number of its own', () => {
    const { centre, facts } = setUp()
    centre.raise(jumped)
    centre.raise(finding('key-old', { name: 'a', days: 91 }, 'a'))
    centre.raise(finding('key-old', { name: 'b', days: 92 }, 'b'))
    expect(centre.open().map(({ id, rule, subject }) => [id, rule, subject])).toEqual([
      ['alert-3', 'key-old', 'b'], ['alert-2', 'key-old', 'a'], ['alert-1', 'clock-jumped', ''],
    ])
    expect(centre.unresolved()).toEqual({ info: 0, warning: 3, critical: 0 })
    expect(facts[0]).toEqual({
      kind: 'alert.raised', at: 1_000_000,
      body: { id: 'alert-1', rule: 'clock-jumped', subject: '', severity: 'warning', parameters: { byMs: 5_000 }, times: 1 },
    })
  })

  it('counts the same cause instead of opening another, and writes the count once a minute', () => {
    const { centre, facts, clock, kinds } = setUp()
    for (let at = 0; at < 100; at += 1) centre.raise(jumped)
    expect(centre.open()).toMatchObject([{ times: 100 }])
    expect(facts).toHaveLength(1)
    clock.nowMs += minute
    expect(centre.raise(finding('clock-jumped', { byMs: 7 }))).toMatchObject({ times: 101, parameters: { byMs: 7 } })
    expect(facts).toHaveLength(2)
    expect(facts[1]?.body).toMatchObject({ times: 101 })
    expect(kinds()).toEqual(['raised', 'repeated'])
  })

  it('writes what it counted although the cause does not come again', () => {
    const { centre, facts, clock } = setUp()
    centre.raise(jumped)
    centre.raise(jumped)
    clock.nowMs += minute
    centre.take(unknown)
    expect(facts.at(-1)?.body).toMatchObject({ times: 2 })
  })

  it('lets no secret and no endless text into the journal', () => {
    const { centre, facts } = setUp()
    centre.raise(finding('key-old', { name: 'planted key', days: 91 }, `planted ${'x'.repeat(500)}`))
    centre.raise(finding('settings-bad', { detail: `planted ${'y'.repeat(5_000)}` }))
    centre.raise(finding('clock-jumped', { byMs: Number.NaN }))
    expect(JSON.stringify(facts)).not.toContain('planted')
    expect(JSON.stringify(facts).length).toBeLessThan(1_500)
    for (const fact of facts) expect(parseAlertFact(fact)).toEqual(fact)
  })

  it('makes room by letting the oldest of the least severe go, and says so', () => {
    const { centre, facts } = setUp()
    centre.raise(finding('journal-failed', { detail: 'EIO' }))
    for (let at = 0; at < openAlertsMax; at += 1) centre.raise(finding('key-old', { name: `${at}`, days: 91 }, `${at}`))
    expect(centre.open()).toHaveLength(openAlertsMax)
    expect(centre.open().at(-1)).toMatchObject({ rule: 'journal-failed' })
    expect(facts.filter(({ kind }) => kind === 'alert.cleared')).toMatchObject([{ body: { id: 'alert-2', why: 'crowded-out' } }])
  })
})

describe('a state', () => {
  it('is raised once, moves its figures in silence, and clears when it has been well for its time', () => {
    const { centre, clock, kinds } = setUp()
    centre.take(foundLow)
    clock.nowMs += 1_000
    centre.take({ ...foundLow, findings: [finding('disk-low', { megabytes: 800 })] })
    expect(centre.open()).toMatchObject([{ times: 1, parameters: { megabytes: 800 } }])
    clock.nowMs += 1_000
    centre.take(notLow)
    clock.nowMs += 59_000
    centre.take(notLow)
    expect(centre.open()).toHaveLength(1)
    clock.nowMs += 1_000
    centre.take(notLow)
    expect(centre.open()).toEqual([])
    expect(centre.history()).toMatchObject([{ rule: 'disk-low', cleared: { why: 'well' } }])
    expect(kinds()).toEqual(['raised', 'cleared'])
  })

  it('that comes back before its time is over is the same alert', () => {
    const { centre, clock, kinds } = setUp()
    for (let at = 0; at < 20; at += 1) {
      centre.take(at % 2 === 0 ? foundLow : notLow)
      clock.nowMs += 30_000
    }
    expect(kinds()).toEqual(['raised'])
  })

  it('is not cleared by silence', () => {
    const { centre, clock } = setUp()
    centre.take(foundLow)
    for (let at = 0; at < 10; at += 1) {
      clock.nowMs += minute
      centre.take(unknown)
    }
    expect(centre.open()).toHaveLength(1)
    // Nor does it count as well while nobody looked.
    centre.take(notLow)
    clock.nowMs += 30_000
    centre.take(unknown)
    clock.nowMs += 40_000
    centre.take(notLow)
    expect(centre.open()).toHaveLength(1)
  })

  it('stays open when it was acknowledged, because it still is so', () => {
    const { centre } = setUp()
    centre.take(foundLow)
    expect(centre.acknowledge('alert-1', 'hand')).toMatchObject({ ok: true, value: { acknowledged: { actor: 'hand' } } })
    expect(centre.open()).toHaveLength(1)
    expect(centre.unresolved().warning).toBe(0)
  })

  it('is one of several of its rule, each with its own end', () => {
    const { centre } = setUp()
    const readings = { nowMs: 100 * 86_400_000 }
    centre.take(evaluate({ ...readings, keys: [{ name: 'a', madeAt: 0 }, { name: 'b', madeAt: 0 }] }))
    centre.take(evaluate({ ...readings, keys: [{ name: 'a', madeAt: 0 }, { name: 'b', madeAt: readings.nowMs }] }))
    expect(centre.open().map(({ subject }) => subject)).toEqual(['a'])
  })

  it('keeps its alert although its subject had to be scrubbed', () => {
    const { centre, kinds } = setUp()
    const found: Evaluation = {
      findings: [finding('key-old', { name: 'planted', days: 91 }, 'planted')], judged: new Set(['key-old']),
    }
    centre.take(found)
    centre.take(found)
    expect(kinds()).toEqual(['raised'])
  })

  it('can be cleared by whoever knows that it is over', () => {
    const { centre } = setUp()
    centre.raise(low)
    centre.clear(low)
    centre.clear(low)
    expect(centre.history()).toHaveLength(1)
  })
})

describe('a happening', () => {
  it('stays open until somebody has seen it, and then is history', () => {
    const { centre, clock, kinds } = setUp()
    centre.raise(jumped)
    clock.nowMs += 60 * minute
    centre.take({ findings: [], judged: new Set(['clock-jumped']) })
    expect(centre.open()).toHaveLength(1)
    expect(centre.acknowledge('alert-1', 'hand')).toMatchObject(
      { ok: true, value: { acknowledged: { actor: 'hand' }, cleared: { why: 'seen' } } },
    )
    expect(centre.open()).toEqual([])
    expect(kinds()).toEqual(['raised', 'acknowledged', 'cleared'])
    expect(centre.raise(jumped).id).toBe('alert-2')
  })
})

describe('a snooze', () => {
  it('is over at its time: the alert comes back, with all that was counted meanwhile', () => {
    const { centre, clock, kinds } = setUp()
    centre.raise(jumped)
    expect(centre.snooze('alert-1', clock.nowMs + 30 * minute, 'hand')).toMatchObject(
      { ok: true, value: { snoozed: { untilMs: clock.nowMs + 30 * minute } } },
    )
    clock.nowMs += 29 * minute
    centre.raise(jumped)
    centre.take(unknown)
    expect(kinds()).toEqual(['raised', 'snoozed'])
    expect(centre.unresolved().warning).toBe(0)
    clock.nowMs += minute
    centre.take(unknown)
    expect(kinds()).toEqual(['raised', 'snoozed', 'back'])
    expect(centre.unresolved().warning).toBe(1)
    expect(centre.open()).toMatchObject([{ times: 2 }])
    expect(centre.open()[0]?.snoozed).toBeUndefined()
  })

  it.each(
    [['in the past', -1], ['now', 0], ['too far away', snoozeMsMax + 1], ['never', Number.NaN]],
  )('is refused when it ends %s', (_when, afterMs) => {
    const { centre, clock, facts } = setUp()
    centre.raise(jumped)
    expect(centre.snooze('alert-1', clock.nowMs + afterMs, 'hand')).toEqual({ ok: false, error: 'snooze-out-of-range' })
    expect(facts).toHaveLength(1)
  })

  it('ends when the alert is acknowledged', () => {
    const { centre, clock } = setUp()
    centre.take(foundLow)
    centre.snooze('alert-1', clock.nowMs + minute, 'hand')
    centre.acknowledge('alert-1', 'hand')
    expect(centre.open()[0]?.snoozed).toBeUndefined()
  })
})

describe('the centre', () => {
  it('knows no alert that is not open', () => {
    const { centre } = setUp()
    expect(centre.acknowledge('alert-1', 'hand')).toEqual({ ok: false, error: 'no-such-alert' })
    expect(centre.snooze('alert-1', 2_000_000, 'hand')).toEqual({ ok: false, error: 'no-such-alert' })
    centre.noteDelivery({ kind: 'alert.delivered', at: 1, body: { id: 'alert-1', channel: 'webhook', afterMs: 1 } })
  })

  it('is disturbed by no listener, and says which one was at fault', () => {
    const { centre, bugs, kinds } = setUp()
    centre.onChange(() => {
      throw new Error('a bug of a listener')
    })
    const stop = centre.onFact(() => {
      throw new Error('another')
    })
    centre.raise(jumped)
    stop()
    centre.raise(low)
    expect(bugs).toHaveLength(3)
    expect(kinds()).toEqual(['raised', 'raised'])
  })

  it('lets a listener act on what it hears', () => {
    const { centre } = setUp()
    centre.onChange(({ kind, alert }) => {
      if (kind === 'raised') centre.acknowledge(alert.id, 'hand')
    })
    centre.take({ findings: [low, finding('anchor-not-kept', { detail: 'locked' })], judged: new Set(['disk-low']) })
    expect(centre.open().every(({ acknowledged }) => acknowledged !== undefined)).toBe(true)
  })

  it('reads itself out of the journal again, past everything else that is there', () => {
    const before = setUp()
    before.centre.raise(jumped)
    before.centre.take(foundLow)
    before.centre.snooze('alert-2', before.clock.nowMs + minute, 'cli')
    before.centre.noteDelivery({ kind: 'alert.delivered', at: 5, body: { id: 'alert-2', channel: 'webhook', afterMs: 12 } })
    before.centre.acknowledge('alert-1', 'hand')
    const records = [
      ...before.facts, { kind: 'engine.started', at: 1, body: {} }, { kind: 'alert.raised', at: 1, body: { id: 'nonsense' } },
    ]
    const after = setUp(records as never)
    expect(after.centre.state).toEqual(before.centre.state)
    expect(after.centre.open()).toMatchObject([{ id: 'alert-2', deliveries: { webhook: 'delivered' } }])
    expect(after.centre.raise(jumped).id).toBe('alert-3')
  })

  it('passes over what no version of it can have written', () => {
    const raised = (id: string, rule: string, at = 1): AlertFact =>
      ({ kind: 'alert.raised', at, body: { id, rule, subject: '', severity: 'warning', parameters: {}, times: 1 } })
    const { centre } = setUp(
      [
        raised('alert-2', 'disk-low'), raised('alert-3', 'a-rule-of-tomorrow'), raised('alert-2', 'key-old'),
        raised('alert-1', 'key-old'),
      ],
    )
    expect(centre.open().map(({ id, rule }) => [id, rule])).toEqual([['alert-2', 'disk-low']])
    expect(centre.raise(jumped).id).toBe('alert-4')
    expect(parseAlertFact(raised('alert-1', 'disk-low', -1))).toBeUndefined()
  })
})

describe('alerts from before the journal could be read', () => {
  const tries = finding('lock-tries', { tries: 3 })
  const early = () => {
    const made = setUp()
    const centre = new AlertCentre({ nowMs: () => made.clock.nowMs, scrub: (text) => text, onBug: (error) => { throw error } })
    centre.onFact((fact) => made.facts.push(fact))
    centre.onChange((change) => made.changes.push(change))
    return { ...made, centre }
  }
  const journal = (): readonly AlertFact[] => {
    const { centre, facts } = setUp()
    centre.raise(jumped)
    centre.take(foundLow)
    return facts
  }

  it('are told again under numbers that go on from the journal’s, and none is lost', () => {
    const { centre, facts, kinds } = early()
    centre.raise(tries)
    centre.noteDelivery({ kind: 'alert.delivered', at: 1, body: { id: 'early-1', channel: 'webhook', afterMs: 1 } })
    centre.raise(finding('machine-slept', { silentMs: 6_000 }))
    centre.acknowledge('early-2', 'hand')
    expect(facts.map(({ body }) => body.id)).toEqual(['early-1', 'early-1', 'early-2', 'early-2', 'early-2'])
    // Such a number means nothing to a later start, should it come into the journal after all.
    expect(facts.map(parseAlertFact).filter((fact) => fact !== undefined)).toEqual([])
    facts.splice(0)
    const records = journal()
    centre.remember(records)
    expect(centre.open().map(({ id, rule }) => `${id} ${rule}`)).toEqual(['alert-3 lock-tries', 'alert-2 disk-low', 'alert-1 clock-jumped'])
    expect(centre.open()[0]).toMatchObject({ deliveries: { webhook: 'delivered' } })
    expect(centre.history()).toMatchObject([{ id: 'alert-4', rule: 'machine-slept', cleared: { why: 'seen' } }])
    expect(setUp([...records, ...facts]).centre.state).toEqual(centre.state)
    expect(kinds().filter((kind) => kind === 'raised')).toHaveLength(2)
  })

  it('go on with what the journal says of the same cause', () => {
    const { centre, facts, clock } = early()
    centre.take(foundLow)
    centre.raise(low)
    clock.nowMs += minute
    centre.raise(low)
    centre.remember(journal())
    expect(centre.open().filter(({ rule }) => rule === 'disk-low')).toMatchObject([{ id: 'alert-2', times: 4 }])
    expect(facts.at(-1)?.body).toMatchObject({ id: 'alert-2', times: 4 })
  })

  it('of a cause that an engine numbered anew, because it could not know of it, go on under the newer number', () => {
    const { centre } = early()
    const again = { kind: 'alert.raised', at: 9, body: { id: 'alert-7', rule: 'disk-low', subject: '', severity: 'warning', parameters: {}, times: 1 } } as const
    centre.remember([...journal(), again])
    expect(centre.open().filter(({ rule }) => rule === 'disk-low').map(({ id }) => id)).toEqual(['alert-7'])
    expect(centre.acknowledge('alert-7', 'hand').ok).toBe(true)
  })

  it('are followed by alerts with numbers of the journal', () => {
    const { centre } = early()
    centre.raise(tries)
    centre.remember([])
    expect(centre.raise(jumped).id).toBe('alert-2')
    centre.noteDelivery({ kind: 'alert.delivered', at: 1, body: { id: 'early-1', channel: 'webhook', afterMs: 1 } })
    expect(centre.open().find(({ id }) => id === 'alert-1')).toMatchObject({ deliveries: { webhook: 'delivered' } })
  })
  it('are counted without end and do not crowd out what is new', () => {
    const { centre, clock, facts } = early()
    for (let minutes = 0; minutes < 1_500; minutes += 1) {
      clock.nowMs += minute
      centre.raise(tries)
    }
    centre.raise(jumped)
    facts.splice(0)
    centre.remember([])
    expect(centre.open()).toMatchObject([{ id: 'alert-2', rule: 'clock-jumped', times: 1 }, { id: 'alert-1', rule: 'lock-tries', times: 1_500 }])
    expect(facts).toHaveLength(3)
  })

  it('do not wake what was put aside before', () => {
    const before = setUp()
    before.centre.take(foundLow)
    before.centre.snooze('alert-1', before.clock.nowMs + 60 * minute, 'hand')
    const { centre, clock } = early()
    centre.take(foundLow)
    centre.remember(before.facts)
    expect(centre.open()).toMatchObject([{ id: 'alert-1', snoozed: { actor: 'hand' } }])
    clock.nowMs += 61 * minute
    centre.take(foundLow)
    expect(centre.open()[0]?.snoozed).toBeUndefined()
  })

  it('are named as before by whoever has not heard of their number yet, and none gets a number that is taken', () => {
    const { centre } = early()
    centre.raise(tries)
    centre.remember([], 90)
    expect(centre.snooze('early-1', 1_000_000 + minute, 'hand')).toMatchObject({ ok: true, value: { id: 'alert-91' } })
    expect(centre.acknowledge('early-1', 'hand')).toMatchObject({ ok: true, value: { id: 'alert-91' } })
    expect(centre.raise(jumped).id).toBe('alert-92')
  })
})
