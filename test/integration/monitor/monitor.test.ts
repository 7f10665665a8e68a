import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Monitor, SecretRegister, type AlertFact, type MonitorSettings } from '../../../src-main/monitor/index.ts'
import { parsePrometheusText } from '../../fixtures/prometheus-text.ts'
import { Receiver, until } from './receiver.ts'

let folder: string
let receiver: Receiver
const monitors: Monitor[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-monitor-'))
  receiver = await new Receiver().start()
})
afterEach(async () => {
  for (const monitor of monitors.splice(0)) await monitor.dispose()
  await receiver.stop()
  rmSync(folder, { recursive: true, force: true })
})

function open(records?: readonly AlertFact[]) {
  const facts: AlertFact[] = []
  const secrets = new SecretRegister()
  const clock = { shift: 0, wallMs: () => Date.now() + clock.shift, monotonicMs: () => performance.now() }
  const monitor = new Monitor({
    folder, clock, secrets, profile: 'demo', version: '1.2.3', locale: 'en', seed: 1,
    ...(records && { records }),
    onFact: (fact) => facts.push(fact),
    channelLimits: { backoff: { firstMs: 20, maxMs: 60, lastingMs: 100 } },
  })
  monitors.push(monitor)
  return { monitor, facts, secrets, clock }
}

const settings = (parts: Partial<MonitorSettings> = {}): MonitorSettings => ({
  logLevel: 'debug', traceEndpoint: undefined, webhook: undefined, telegram: undefined, alive: undefined, ...parts,
})
const logText = (): string => readdirSync(join(folder, 'logs')).map(
  (name) => readFileSync(join(folder, 'logs', name), 'utf8'),
).join('')

describe('monitoring as a whole', () => {
  it('brings a stalled journal to a webhook within a second, logs it, counts it, and says when it is well', async () => {
    const { monitor, facts, clock } = open()
    monitor.applySettings(
      settings({ webhook: { address: () => `${receiver.origin}/hook`, secret: () => 'shared', least: 'info' } }),
    )
    const before = performance.now()
    monitor.check({ journalWaitingMs: 2_500 })
    await until(() => facts.some(({ kind }) => kind === 'alert.delivered'))
    expect((receiver.received[0]?.at ?? Infinity) - before).toBeLessThan(1_000)
    expect(monitor.metrics.snapshot()).toMatchObject(
      { alertsUnresolved: { critical: 1, warning: 0 }, journalWaiting: { value: 2.5 } },
    )
    monitor.check({ journalWaitingMs: 0 })
    clock.shift += 10_000
    monitor.check({ journalWaitingMs: 0 })
    await until(() => receiver.received.length === 2)
    expect(monitor.alerts.open()).toEqual([])
    await monitor.log.flush()
    const lines = logText().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.map(({ level, area, message }) => [level, area, message])).toEqual(
      expect.arrayContaining([['error', 'alerts', 'raised'], ['info', 'alerts', 'cleared']]),
    )
    expect(monitor.state.channels).toMatchObject([{ name: 'webhook', state: 'ok', delivered: 2 }])
  })

  it('publishes what it was told, as text that a strict reader takes', async () => {
    const { monitor } = open()
    monitor.noteStart({ restarts: 2 })
    monitor.noteEvent({ kind: 'mode-changed', sequence: 1, at: 1, from: 'starting', to: 'active', reason: 'x', actor: 'hand' })
    monitor.noteEvent({ kind: 'mode-refused', sequence: 2, at: 1, mode: 'killed', wanted: 'active', actor: 'hand' })
    monitor.noteEvent({ kind: 'clock-jumped', sequence: 3, at: 1, byMs: 4_000 })
    monitor.noteClock({ driftMs: 4_000, stallMs: 6_000 })
    monitor.noteClock({ driftMs: 4_000, stallMs: -1 })
    const day = 86_400_000
    const now = Date.now()
    monitor.check({
      mode: { mode: 'halted', actor: 'engine', reason: 'x' },
      backup: { lastAt: now - day, failure: undefined, booksMadeAt: 0 }, drill: { lastAt: now - 2 * day, booksMadeAt: 0 },
      keys: [{ name: 'a', madeAt: now - 3 * day }, { name: 'b', madeAt: now }],
    })
    const families = parsePrometheusText(await monitor.metrics.text())
    const value = (name: string, label?: string): number | undefined =>
      families.get(name)?.samples.find(({ labels }) => label === undefined || Object.values(labels).includes(label))?.value
    expect(value('ballast_engine_restarts')).toBe(2)
    expect(value('ballast_engine_mode', 'halted')).toBe(1)
    expect(value('ballast_engine_mode_changes_total', 'active')).toBe(1)
    expect(value('ballast_engine_refusals_total')).toBe(1)
    expect(value('ballast_clock_drift_seconds')).toBe(4)
    expect(value('ballast_build_info', '1.2.3')).toBe(1)
    expect(value('ballast_alerts_unresolved', 'critical')).toBe(2)
    expect(Math.round((value('ballast_backup_age_seconds') ?? 0) / 86_400)).toBe(1)
    expect(Math.round((value('ballast_drill_age_seconds') ?? 0) / 86_400)).toBe(2)
    expect(Math.round((value('ballast_key_age_seconds') ?? 0) / 86_400)).toBe(3)
    expect(monitor.alerts.open().map(({ rule }) => rule).sort()).toEqual(
      ['clock-jumped', 'engine-halted', 'engine-restarted', 'machine-slept'],
    )
  })

  it('knows after a restart what was open before, and still owes it to the webhook', async () => {
    const before = open([])
    before.monitor.noteStart({ restarts: 1 })
    before.monitor.check({ anchor: { failure: 'locked' } })
    await before.monitor.dispose()
    const after = open(before.facts)
    expect(after.monitor.alerts.open().map(({ rule }) => rule)).toEqual(['anchor-not-kept', 'engine-restarted'])
    expect(after.monitor.metrics.snapshot().alertsUnresolved).toMatchObject({ critical: 1, warning: 1 })
    after.monitor.applySettings(settings({ webhook: { address: () => `${receiver.origin}/hook`, least: 'critical' } }))
    await until(() => receiver.received.length === 1)
    expect(receiver.received[0]?.body).toContain('engine-restarted')
  })

  it('raises the alarm about a channel that has been failing for a minute, on the others', async () => {
    const { monitor, clock } = open()
    receiver.answer = (response, { path }) => {
      response.statusCode = path.startsWith('/bot') ? 200 : 500
      response.end('{"ok":true}')
    }
    const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456'
    monitor.applySettings(settings({
      webhook: { address: () => `${receiver.origin}/hook`, least: 'critical' },
      telegram: { token: () => token, chat: '1', base: receiver.origin, least: 'warning' },
    }))
    monitor.check({ journal: { state: 'failed', detail: 'EIO' } })
    await until(() => monitor.state.channels[0]?.state === 'failing' && monitor.state.channels[1]?.state === 'ok')
    clock.shift += 61_000
    monitor.check({ journal: { state: 'failed', detail: 'EIO' } })
    await until(() => receiver.received.some(({ path, body }) => path.startsWith('/bot') && body.includes('http-500')))
    expect(monitor.alerts.open().map(({ rule, subject }) => [rule, subject])).toContainEqual(['delivery-failing', 'webhook'])
  })

  it('sends the sign of life only while nothing critical is open', async () => {
    const { monitor } = open()
    const alive = { address: () => `${receiver.origin}/alive`, everyMs: 30 }
    monitor.check({ journal: { state: 'failed', detail: 'EIO' } })
    monitor.applySettings(settings({ alive }))
    await until(() => (monitor.state.alive?.withheld ?? 0) >= 2)
    expect(receiver.received).toEqual([])
    monitor.check({ journal: { state: 'well' } })
    await until(() => receiver.received.length >= 1)
    monitor.applySettings(settings())
    expect(monitor.state.alive).toBeUndefined()
  })

  it('sends in quiet hours only what is critical, and afterwards what is still open', async () => {
    const { monitor } = open()
    let isQuiet = true
    const webhook = { address: () => `${receiver.origin}/hook`, least: 'info' } as const
    monitor.applySettings(settings({ webhook, isQuiet: () => isQuiet, logRetention: { days: 3, megabytes: 5 } }))
    const settingsBad = { settings: { problem: 'line 3' } }
    monitor.check({ ...settingsBad, hasRecoveryCode: false, journal: { state: 'failed', detail: 'EIO' } })
    monitor.check({ ...settingsBad, hasRecoveryCode: true })
    await until(() => monitor.state.channels[0]?.delivered === 1)
    expect(receiver.received.map(({ body }) => /"rule":"([a-z-]+)"/.exec(body)?.[1])).toEqual(['journal-failed'])
    isQuiet = false
    monitor.check(settingsBad)
    await until(() => monitor.state.channels[0]?.delivered === 2)
    expect(receiver.received.map(({ body }) => /"rule":"([a-z-]+)"/.exec(body)?.[1])).toEqual(['journal-failed', 'settings-bad'])
  })

  it('switches traces on and off with the settings, and counts them', async () => {
    const { monitor } = open()
    receiver.answer = (response) => void response.end('{}')
    monitor.applySettings(settings({ traceEndpoint: `${receiver.origin}/v1/traces` }))
    const { traces } = monitor
    monitor.applySettings(settings({ traceEndpoint: `${receiver.origin}/v1/traces` }))
    expect(monitor.traces).toBe(traces)
    traces.begin('c-1', 'a', 1)
    monitor.applySettings(settings())
    expect(monitor.traces).not.toBe(traces)
    await until(() => receiver.received.length === 1)
  })

  it('lets no planted secret into the log, the journal, a webhook or the metrics', async () => {
    const { monitor, facts, secrets } = open()
    const planted = 'planted-secret-42'
    secrets.add(planted)
    monitor.applySettings(
      settings(
        { webhook: { address: () => `${receiver.origin}/${encodeURIComponent('hook')}`, secret: () => planted, least: 'info' } },
      ),
    )
    monitor.log.error('venue', 'failed', { error: new Error(`bad ${planted}`, { cause: new Error(planted) }) })
    monitor.check(
      {
        settings: { problem: `line 3: ${planted}` }, anchor: { failure: Buffer.from(planted).toString('base64') },
        mode: { mode: 'killed', actor: 'hand', reason: planted },
      },
    )
    await until(() => monitor.state.channels[0]?.delivered === 3)
    await monitor.log.flush()
    const seen = [
      logText(), JSON.stringify(facts), JSON.stringify(receiver.received), await monitor.metrics.text(),
      JSON.stringify(monitor.state),
    ].join('\n')
    for (const form of [
      planted, Buffer.from(planted).toString('base64'), Buffer.from(planted).toString('hex'),
    ]) expect(seen).not.toContain(form)
  })

  it('goes on when whoever journals the facts throws', async () => {
    const monitor = new Monitor({
      folder, secrets: new SecretRegister(), profile: 'demo', version: '1', locale: 'fr', seed: 2,
      clock: { wallMs: () => Date.now(), monotonicMs: () => performance.now() },
      onFact: () => { throw new Error('the journal is broken') },
    })
    monitors.push(monitor)
    monitor.check({ hasRecoveryCode: false })
    expect(monitor.alerts.open()).toMatchObject([{ rule: 'no-recovery-code' }])
    await monitor.log.flush()
    expect(logText()).toContain('the journal is broken')
  })
})
