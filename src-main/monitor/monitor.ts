import { join } from 'node:path'
import { createRandom } from '../base/index.ts'
import type { Locale } from '../../src-preload/contract/index.ts'
import type { EngineEvent } from '../domain/index.ts'
import type { Clock, JournalRecord } from '../ports/index.ts'
import {
  AlertCentre, evaluate, happeningsOfEvent, happeningsOfStall, happeningsOfStart, type AlertChange, type AlertFact, type Readings,
  type StartFacts,
} from './alerts/index.ts'
import {
  AlertDelivery, AlivePing, createTelegram, createWebhook, type AlivePingState, type ChannelLimits, type ChannelSettings,
  type ChannelState,
} from './delivery/index.ts'
import { openLog, type LogLevel, type LogLimits, type OpenedLog, type Retention, type SecretRegister } from './log/index.ts'
import { alertSeverities, createMetrics, ProcessWatch, type AlertSeverity, type Metrics } from './metrics/index.ts'
import { openTraces, type Traces } from './traces/index.ts'

/**
 * All of monitoring for one engine, wired once: what is found becomes an alert, what is raised is delivered, counted and logged.
 * It must never make the engine wait and never throw at it.
 */
export interface MonitorParts {
  readonly folder: string
  readonly profile: string
  readonly version: string
  readonly locale: Locale
  readonly clock: Clock
  readonly secrets: SecretRegister
  /** Only for spreading tries: any number. */
  readonly seed: number
  /** Of earlier engines, for the alerts that are still open; left out when `alerts.remember` brings them later. */
  readonly records?: Iterable<Pick<JournalRecord, 'kind' | 'at' | 'body'>>
  /** Where facts about alerts are journaled. */
  readonly onFact: (fact: AlertFact) => void
  readonly logLimits?: Partial<LogLimits>
  readonly channelLimits?: Partial<ChannelLimits>
}

type Secret = () => string | Promise<string>

/** What the trader has set. A secret is a function, asked at the moment of use. */
export interface MonitorSettings {
  readonly logLevel: LogLevel
  readonly logRetention?: Retention | undefined
  /** Whether only what is critical may be sent now. */
  readonly isQuiet?: (() => boolean) | undefined
  readonly traceEndpoint: string | undefined
  readonly webhook: { readonly address: Secret; readonly secret?: Secret | undefined; readonly least: AlertSeverity } | undefined
  readonly telegram:
    | { readonly token: Secret; readonly chat: string; readonly base?: string | undefined; readonly least: AlertSeverity }
    | undefined
  readonly alive: { readonly address: Secret; readonly everyMs: number } | undefined
}

export interface MonitorState {
  readonly channels: readonly ChannelState[]
  readonly alive: AlivePingState | undefined
}

/** One try may last as long. */
const requestMs = 10_000

export class Monitor {
  readonly log: OpenedLog
  readonly metrics: Metrics = createMetrics()
  readonly alerts: AlertCentre
  readonly #parts: MonitorParts
  readonly #delivery: AlertDelivery
  readonly #watch: ProcessWatch
  #traceEndpoint: string | undefined
  #traces: Traces
  #alive: AlivePing | undefined
  #longestStallMs: number | undefined
  #isQuiet: (() => boolean) | undefined
  #wasQuiet = false

  constructor(parts: MonitorParts) {
    this.#parts = parts
    const { folder, profile, locale, clock, secrets, seed, records, logLimits: limits } = parts
    const nowMs = (): number => clock.wallMs()
    this.log = openLog({ folder: join(folder, 'logs'), secrets, nowMs, labels: { profile }, ...(limits && { limits }) })
    const onBug = (error: unknown): void => this.log.error('alerts', 'a listener threw', { error })
    this.alerts = new AlertCentre({ nowMs, scrub: this.#scrub, onBug, ...(records && { records }) })
    this.alerts.onFact(parts.onFact)
    this.alerts.onChange((change) => this.#noteChange(change))
    this.#delivery = new AlertDelivery({
      centre: this.alerts, profile, locale, scrub: this.#scrub, clock, metrics: this.metrics, random: createRandom(seed),
      isQuiet: () => this.#isQuiet?.() ?? false,
      ...(parts.channelLimits && { limits: parts.channelLimits }),
    })
    this.#watch = new ProcessWatch({ metrics: this.metrics, folder })
    this.#traces = this.#openTraces(undefined)
    this.metrics.buildInfo.set(1, parts.version)
    this.#showUnresolved()
  }

  get traces(): Traces {
    return this.#traces
  }

  get state(): MonitorState {
    return { channels: this.#delivery.states, alive: this.#alive?.state }
  }

  /** May be called again at any time. */
  applySettings(settings: MonitorSettings): void {
    const { profile, locale, clock } = this.#parts
    const wallMs = (): number => clock.wallMs()
    this.log.setLevel(settings.logLevel)
    if (settings.logRetention !== undefined) this.log.setRetention(settings.logRetention)
    this.#isQuiet = settings.isQuiet
    if (settings.traceEndpoint !== this.#traceEndpoint) {
      void this.#traces.dispose()
      this.#traces = this.#openTraces(settings.traceEndpoint)
    }
    this.#delivery.replaceChannels(channelsOf(settings, { profile, locale, wallMs }))
    this.#alive?.dispose()
    // Whoever listens for silence is told of everything critical, also of what only a person can clear.
    const isWell = (): boolean => !this.alerts.open().some(({ severity }) => severity === 'critical')
    this.#alive = settings.alive === undefined ? undefined : new AlivePing({ ...settings.alive, isWell, wallMs })
  }

  /** Once, when it is known how the engine before this one ended. */
  noteStart(facts: StartFacts): void {
    this.metrics.engineRestarts.set(facts.restarts)
    for (const found of happeningsOfStart(facts)) this.alerts.raise(found)
  }

  noteEvent(event: EngineEvent): void {
    if (event.kind === 'mode-changed') {
      this.metrics.showMode(event.to)
      this.metrics.engineModeChanges.add(1, event.to)
    }
    if (event.kind === 'mode-refused') this.metrics.engineRefusals.add(1)
    for (const found of happeningsOfEvent(event)) this.alerts.raise(found)
  }

  noteClock({ driftMs, stallMs }: { readonly driftMs: number; readonly stallMs: number }): void {
    this.metrics.clockDrift.set(driftMs / 1_000)
    this.metrics.loopStall.observe(Math.max(0, stallMs) / 1_000)
    for (const found of happeningsOfStall(stallMs)) this.alerts.raise(found)
    this.#longestStallMs = Math.max(this.#longestStallMs ?? 0, stallMs)
  }

  /** About once a second, with what the caller knows; disk, stalls and channels are known here. */
  check(readings: Omit<Readings, 'nowMs' | 'diskFreeBytes' | 'loopStallMs' | 'channels'>): void {
    const nowMs = this.#parts.clock.wallMs()
    const { counts } = this.#traces
    this.metrics.logLinesLost.set(this.log.state.lost)
    this.metrics.traceSpansSent.set(counts.sent)
    this.metrics.traceSpansLost.set(counts.lost)
    showReadings(this.metrics, readings, nowMs)
    const { diskFreeBytes } = this.#watch
    const { states: channels } = this.#delivery
    this.alerts.take(evaluate({ ...readings, nowMs, diskFreeBytes, loopStallMs: this.#longestStallMs, channels }))
    this.#longestStallMs = undefined
    this.#showUnresolved()
    this.#endQuiet()
  }

  async dispose(): Promise<void> {
    this.#alive?.dispose()
    this.#delivery.dispose()
    this.#watch.dispose()
    await this.#traces.dispose()
    await this.log.close()
  }

  readonly #scrub = (text: string): string => this.#parts.secrets.scrub(text)

  #openTraces(endpoint: string | undefined): Traces {
    const { profile, version } = this.#parts
    this.#traceEndpoint = endpoint
    return openTraces({ endpoint, labels: { profile, version }, scrub: this.#scrub })
  }

  #noteChange({ kind, alert }: AlertChange): void {
    this.#showUnresolved()
    const { id, rule, subject, severity, parameters, times } = alert
    const level = kind === 'raised' && severity === 'critical' ? 'error' : 'info'
    this.log[level]('alerts', kind, { id, rule, subject, severity, parameters, times })
  }

  #endQuiet(): void {
    const isQuiet = this.#isQuiet?.() ?? false
    if (this.#wasQuiet && !isQuiet) this.#delivery.offerOwed()
    this.#wasQuiet = isQuiet
  }

  #showUnresolved(): void {
    const unresolved = this.alerts.unresolved()
    for (const severity of alertSeverities) this.metrics.alertsUnresolved.set(unresolved[severity], severity)
  }
}

function channelsOf(
  { webhook, telegram }: MonitorSettings,
  known: { readonly profile: string; readonly locale: Locale; readonly wallMs: () => number },
): readonly ChannelSettings[] {
  const timeoutMs = requestMs
  return [
    ...(webhook === undefined
      ? []
      : [{ name: 'webhook', least: webhook.least, sender: createWebhook({ ...known, ...webhook, timeoutMs }) }]),
    ...(telegram === undefined
      ? []
      : [{ name: 'telegram', least: telegram.least, sender: createTelegram({ ...known, ...telegram, timeoutMs }) }]),
  ]
}

function showReadings(metrics: Metrics, readings: Omit<Readings, 'nowMs'>, nowMs: number): void {
  const { backup, drill, keys, mode, journalWaitingMs } = readings
  const age = (at: number | undefined): number | undefined => (at === undefined ? undefined : Math.max(0, nowMs - at) / 1_000)
  if (mode !== undefined) metrics.showMode(mode.mode)
  metrics.backupAge.set(age(backup?.lastAt))
  metrics.drillAge.set(age(drill?.lastAt))
  metrics.keyAge.set(keys === undefined || keys.length === 0 ? undefined : age(Math.min(...keys.map(({ madeAt }) => madeAt))))
  metrics.journalWaiting.set(journalWaitingMs === undefined ? undefined : journalWaitingMs / 1_000)
}
