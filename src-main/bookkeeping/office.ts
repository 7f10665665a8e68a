import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createSealReader, type AuditVerdict, type BooksStatus, type Contract, type ProfileKind, type SealReader } from '../../src-preload/contract/index.ts'
import { nodeSealing, type Handlers, type SessionGate, type SessionObserver } from '../bridge/index.ts'
import { happeningsOfLockTries, Monitor, SecretRegister, type Readings } from '../monitor/index.ts'
import type { EngineEvent } from '../domain/index.ts'
import type { Clock, JournalDraft } from '../ports/index.ts'
import type { Runtime, RuntimeObserver } from '../runtime/index.ts'
import { createOsKeychain, openSettings, type Keychain, type OpenedSettings, type SettingScalar } from '../store/index.ts'
import { createAuditWatch, verifyOpenBooks, type AuditWatch } from './audit-watch.ts'
import { createAlertHandlers, type AlertEntryName } from './alert-handlers.ts'
import { createBackupDesk, type BackupDesk } from './backup-desk.ts'
import { Bookkeeper, type OpenBookkeeping } from './bookkeeper.ts'
import { createBooksHandlers, type BooksEntryName } from './books-handlers.ts'
import { healthOf } from './health.ts'
import { createHealthHandlers, type HealthEntryName } from './health-handlers.ts'
import { journalReading, readingsOf } from './office-readings.ts'
import type { OpenedBooks, ProfileTrading } from './open-profile-books.ts'
import { createOneTimeReader } from './one-time-reader.ts'
import { journalFolder } from './profile-folder.ts'
import { isQuietAt } from './quiet-hours.ts'
import { rememberAlerts, type AlertsRemembered } from './remember-alerts.ts'
import { createSecretTries } from './secret-tries.ts'
import { journalLimitsOf, monitorSettings } from './settings-in-force.ts'
import { createSettingHandlers, type SettingEntryName } from './setting-handlers.ts'

/**
 * Everything around one engine that is not trading: its books and their keys, backups, settings, logs, figures and alerts.
 * It must never make the engine wait; an engine whose books are closed still halts and says why.
 */
export interface OfficeParts {
  readonly folder: string
  readonly profile: string
  readonly profileKind: ProfileKind
  readonly version: string
  readonly restarts: number
  readonly ephemeralRoot?: Uint8Array
  readonly secret?: string
  readonly threads: { readonly journal: URL; readonly books: URL }
  readonly clock: Clock
  readonly onBooks: (status: BooksStatus) => void
  /** The secret that was given at the start is another one now. */
  readonly onNewSecret: (secret: string) => void
  readonly keychain?: Keychain
  /** How long a start waits for a read model that is behind. */
  readonly levelMsMax?: number
  /** Absent: this profile trades nowhere. */
  readonly trading?: ProfileTrading
  /** Told once, before there is an engine; what it gives is written down before anything of the engine. */
  readonly beforeEngine?: (opened: OpenedBooks) => Promise<readonly JournalDraft[]>
  /** When the journal is verified for the first time. */
  readonly firstAuditMs?: number
}

export type OfficeEntryName = BooksEntryName | AlertEntryName | SettingEntryName | HealthEntryName

const checkEachMs = 1_000

export class Office {
  readonly #parts: OfficeParts
  readonly secrets = new SecretRegister()
  readonly #keychain: Keychain
  readonly #settingListeners = new Set<() => void>()
  readonly monitor: Monitor
  #runtime: Runtime | undefined
  #bookkeeper: Bookkeeper | undefined
  #backups: BackupDesk | undefined
  #settings: OpenedSettings | undefined
  #timer: NodeJS.Timeout | undefined
  /** Until what the books know of alerts is taken over. */
  #settling: Promise<void> = Promise.resolve()
  /** Changes of settings from before the books were open: they are written down as soon as they are. */
  readonly #unwritten: JournalDraft[] = []
  #journalTrouble: Readings['journal'] = { state: 'well' }
  #audit: Readings['journalAudit']
  #auditWatch: AuditWatch | undefined
  #remembered: AlertsRemembered | undefined

  constructor(parts: OfficeParts) {
    this.#parts = parts
    this.#keychain = parts.keychain ?? createOsKeychain()
    if (parts.secret !== undefined) this.secrets.add(parts.secret)
    if (parts.ephemeralRoot !== undefined) this.secrets.add(parts.ephemeralRoot)
    const { folder, profile, version, clock } = parts
    this.monitor = new Monitor({
      folder, profile, version, clock,
      locale: 'en',
      secrets: this.secrets,
      seed: Math.floor(clock.wallMs()),
      onFact: (fact) => {
        // It comes again under its number, once that is known.
        if (!this.monitor.alerts.isEarly) this.#bookkeeper?.write({ kind: fact.kind, at: fact.at, body: { ...fact.body } })
      },
    })
  }

  get isKeychainStuck(): boolean {
    return this.#keychain.isStuck
  }

  /** What the runtime tells of itself while it works. */
  get runtimeObserver(): RuntimeObserver {
    const { metrics } = this.monitor
    return {
      processed: (_kind, tookMs, waiting) => {
        metrics.engineProcess.observe(tookMs / 1_000)
        metrics.engineInputs.add(1)
        metrics.engineInputsWaiting.set(waiting)
      },
      stalled: () => undefined,
    }
  }

  get sessionObserver(): SessionObserver {
    const { metrics } = this.monitor
    return {
      began: (name, correlation) => this.monitor.traces.begin(correlation, name, this.#now()),
      answered: ({ name, kind, tookMs, code, correlation }) => {
        if (kind === 'command') metrics.bridgeCommand.observe(tookMs / 1_000, name)
        if (code !== undefined) metrics.bridgeRefused.add(1, code)
        if (correlation === undefined) return
        this.monitor.log.child(correlation).info('bridge', 'command answered', { name, code: code ?? 'done', tookMs: Math.round(tookMs) })
        // What the command caused may still be on its way to the disk: the trace ends by itself when that is there.
        this.monitor.traces.step(correlation, 'answer', this.#now() - tookMs, this.#now(), { code: code ?? 'done' })
      },
      frameSent: () => metrics.bridgeFrames.add(1),
    }
  }

  /** Opens settings and books, and from then on looks after them. The handlers are there before the books are. */
  async begin(runtime: Runtime, clients: () => number): Promise<StartedOffice> {
    const { folder, threads, ephemeralRoot, secret, levelMsMax, trading, beforeEngine } = this.#parts
    this.#runtime = runtime
    const reader = await createOneTimeReader({
      make: () => createSealReader(nodeSealing.crypto, nodeSealing.text),
      onNewKey: () => this.#bookkeeper?.tell(),
    })
    const bookkeeper = new Bookkeeper({
      folder, threads, runtime,
      keychain: this.#keychain,
      sealTo: () => reader.publicKey,
      ...(levelMsMax === undefined ? {} : { levelMsMax }),
      ...(trading === undefined ? {} : { trading }),
      ...(beforeEngine === undefined ? {} : { beforeEngine }),
      ...(ephemeralRoot === undefined ? {} : { ephemeralRoot }),
      ...(secret === undefined ? {} : { secret }),
      journalLimits: () => journalLimitsOf(this.#settings?.isProvisional === true ? undefined : this.#settings?.current),
      lockAfterMinutes: () => this.#settings?.current.lock.afterMinutes ?? 0,
      onDurableTimed: (tookMs, correlation) => {
        this.monitor.metrics.journalDurable.observe(tookMs / 1_000)
        this.monitor.metrics.journalRecords.add(1)
        if (correlation !== undefined) this.monitor.traces.step(correlation, 'durable', this.#now() - tookMs, this.#now())
      },
      onBug: (what, error) => this.monitor.log.error('books', what, { error }),
    })
    this.#bookkeeper = bookkeeper
    const backups = createBackupDesk({
      folder,
      bookkeeper,
      // Old ones are not removed by a rule that nobody may have made.
      settings: () => (this.#settings?.isProvisional === true ? undefined : this.#settings?.current),
      now: () => this.#now(),
      log: this.monitor.log,
    })
    this.#backups = backups
    runtime.onEvent((event) => {
      this.monitor.noteEvent(event)
      this.#logEvent(event)
      if (event.kind === 'journal-troubled') this.#journalTrouble = journalReading(event.trouble, event.detail)
      if (event.kind === 'journal-recovered') this.#journalTrouble = { state: 'well' }
    })
    runtime.onClock((reading) => this.monitor.noteClock(reading))
    bookkeeper.onStatus(() => this.#parts.onBooks(bookkeeper.status()))
    bookkeeper.onOpen((open) => {
      this.#settling = this.#opened(open)
    })
    this.#timer = setInterval(() => this.#check(clients()), checkEachMs)
    const handlers = this.#handlers(bookkeeper, backups, reader)
    return { handlers, gate: bookkeeper.lock, opening: this.#openAll(bookkeeper) }
  }

  /** A fact beside the engine's own; of what comes before the books are open there is none. */
  write(draft: JournalDraft): void {
    this.#bookkeeper?.write(draft)
  }

  async dispose(): Promise<void> {
    clearInterval(this.#timer)
    this.#auditWatch?.dispose()
    await this.#backups?.dispose()
    await this.#remembered?.giveUp()
    await this.#bookkeeper?.close()
    await this.#settings?.dispose()
    await this.monitor.dispose()
  }

  #logEvent(event: EngineEvent): void {
    const { kind, correlation, ...fields } = event
    const log = correlation === undefined ? this.monitor.log : this.monitor.log.child(correlation)
    log.info('engine', kind, fields)
  }

  async #openAll(bookkeeper: Bookkeeper): Promise<void> {
    this.#settings = await openSettings({ folder: this.#parts.folder, now: () => this.#now() })
    this.#settings.onChange(({ at, changes }) => {
      for (const { path, old: before, new: after } of changes) this.#noteSetting(at, path, before, after)
      this.#applySettings()
    })
    for (const { path, old: before, new: after } of this.#settings.changedWhileAway) this.#noteSetting(this.#now(), path, before, after)
    this.#applySettings()
    await bookkeeper.begin()
    await this.#settling
    this.#check(0)
    const { trouble } = bookkeeper
    if (trouble !== undefined) this.monitor.log.error('books', 'not opened', { code: trouble.code, ...trouble.details })
  }

  /** The file and its copy could not be read: the books know what was changed in it, and there is nothing better. */
  async #assumeSettings({ books, level }: OpenBookkeeping): Promise<void> {
    if (this.#settings?.isProvisional !== true || (await level) !== undefined) return
    const found = await books.settingChanges(undefined, { limit: 1_000 })
    if (!found.ok) return
    // Newest first: the newest of each counts.
    const values = Object.fromEntries(found.value.rows.toReversed().map(({ path, new: value }) => [path, value as SettingScalar | null]))
    const count = this.#settings.assume(values)
    if (count > 0) this.monitor.log.warn('settings', 'could not be read: what the books remember is in force', { count })
  }

  async #opened(open: OpenBookkeeping): Promise<void> {
    const { metrics } = this.monitor
    // Before anything is waited for: a crash meanwhile would take them along, and they are told once.
    for (const draft of this.#unwritten.splice(0)) this.#bookkeeper?.write(draft)
    open.books.onGone(({ kind }) => this.monitor.log.error('books', 'the thread of the books ended', { reason: kind }))
    const onAsked = (tookMs: number): void => metrics.booksQuery.observe(tookMs / 1_000)
    this.#remembered = rememberAlerts({ open, alerts: this.monitor.alerts, onAsked })
    await this.#remembered.atOnce
    const cut = open.found.tailCut
    const rebuilt = open.books.rebuilt
    this.monitor.noteStart({
      restarts: this.#parts.restarts,
      tailCutBytes: cut?.bytes,
      // That there were none yet is how every profile begins.
      booksRebuilt: rebuilt === undefined || rebuilt.reason === 'missing' ? undefined : rebuilt.reason,
    })
    metrics.journalSegments.set(open.found.segments)
    metrics.journalBytes.set(await bytesOfFolder(journalFolder(this.#parts.folder)))
    this.#applySettings()
    this.#watchJournal(open)
    void this.#assumeSettings(open)
    this.monitor.log.info('books', 'open', { records: open.found.records, protection: open.vault.protection })
  }

  /** In the thread of the books, where the engine does not feel it. What is not kept needs no audit. */
  #watchJournal(open: OpenBookkeeping): void {
    if (open.vault.protection === 'ephemeral') return
    const { firstAuditMs } = this.#parts
    this.#auditWatch?.dispose()
    this.#auditWatch = createAuditWatch({
      isOn: () => this.#settings?.current.journal.verifyDaily !== false,
      verify: () => verifyOpenBooks(open, journalFolder(this.#parts.folder)),
      onVerdict: (verdict) => this.#noteVerdict(verdict),
      ...(firstAuditMs === undefined ? {} : { firstAfterMs: firstAuditMs }),
    })
  }

  #noteVerdict({ ok, records, at, reason = 'unknown' }: AuditVerdict): void {
    const place = at === undefined ? reason : `${reason}, segment ${at.segment}, byte ${at.offset}, record ${at.seq}`
    this.#audit = { reason: ok ? undefined : place }
    this.#bookkeeper?.note('audit.verified', ok ? { passed: true, records } : { passed: false, records, reason: place })
    if (!ok) this.monitor.log.error('books', 'the journal is damaged', { place })
  }

  #noteSetting(at: number, path: string, before: unknown, after: unknown): void {
    // The journal keeps what the settings' own file says, and that is plain JSON; private values come hidden.
    const body = { path, old: (before ?? null) as string, new: (after ?? null) as string }
    const draft = { kind: 'setting.changed', at, body }
    if (this.#bookkeeper?.opened === undefined) this.#unwritten.push(draft)
    else this.#bookkeeper.write(draft)
  }

  #applySettings(): void {
    const settings = this.#settings?.current
    if (settings === undefined) return
    // An address may hold a key of its own.
    for (const address of [settings.alerts.webhook.url, settings.alerts.alive.url]) if (address !== '') this.secrets.add(address)
    const isKnown = this.#settings?.isProvisional !== true
    this.monitor.applySettings(monitorSettings(settings, isKnown, (name) => this.#appSecret(name), () => this.#now()))
    this.#backups?.reschedule()
    this.#bookkeeper?.tell()
    for (const listener of [...this.#settingListeners]) listener()
  }

  async #appSecret(name: string): Promise<string> {
    const reading = await this.#bookkeeper?.opened?.vault.appSecret(name)
    if (reading?.ok !== true || reading.secret === undefined) return ''
    const text = reading.secret.withBytes((bytes) => bytes.toString('utf8'))
    reading.secret.dispose()
    this.secrets.add(text)
    return text
  }

  #check(clients: number): void {
    const runtime = this.#runtime
    const bookkeeper = this.#bookkeeper
    if (runtime === undefined || bookkeeper === undefined) return
    const { metrics } = this.monitor
    const open = bookkeeper.opened
    metrics.bridgeClients.set(clients)
    if (open !== undefined) {
      metrics.journalAppendedSequence.set(open.journal.appended)
      metrics.journalDurableSequence.set(open.journal.durable)
      metrics.booksLag.set(Math.max(0, open.journal.durable - open.books.applied().sequence))
    }
    const settings = this.#settings
    this.monitor.check(readingsOf({ runtime, bookkeeper, settings, journal: this.#journalTrouble, audit: this.#audit, now: this.#now() }))
  }

  #handlers(bookkeeper: Bookkeeper, backups: BackupDesk, reader: SealReader): Pick<Handlers<Contract>, OfficeEntryName> {
    const { alerts, metrics } = this.monitor
    const now = (): number => this.#now()
    const tries = createSecretTries(now, (count) => {
      for (const found of happeningsOfLockTries(count)) alerts.raise(found)
    })
    return {
      ...createBooksHandlers({ folder: this.#parts.folder, bookkeeper, reader, backups, tries, now, audits: { isRunning: false }, onAudit: (verdict) => this.#noteVerdict(verdict), onNewSecret: this.#parts.onNewSecret, guard: (secret) => void this.secrets.add(secret) }),
      ...createAlertHandlers({ alerts, now, state: () => this.monitor.state, screenWishes: () => this.#screenWishes() }),
      ...createSettingHandlers({
        folder: this.#parts.folder,
        settings: () => this.#settings,
        onChange: (listener) => {
          this.#settingListeners.add(listener)
          return () => this.#settingListeners.delete(listener)
        },
      }),
      ...createHealthHandlers({
        view: () =>
          healthOf({
            at: now(),
            figures: metrics.snapshot(),
            books: bookkeeper.status(),
            unresolvedAlerts: sumOf(Object.values(alerts.unresolved())),
            keyAgeDaysMax: this.#settings?.current.reminders.keyAgeDays ?? 0,
            drillAgeDaysMax: this.#settings?.current.reminders.drillAgeDays ?? 0,
          }),
        metricsText: () => (this.#settings?.current.metrics.enabled === false ? Promise.resolve('') : metrics.text()),
      }),
    }
  }

  /** In quiet hours only what is critical is heard, and the screen cannot tell by itself. */
  #screenWishes(): { readonly desktop: boolean; readonly sound: boolean } {
    const alerts = this.#settings?.current.alerts
    return { desktop: alerts?.desktop === true, sound: alerts?.sound === true && !isQuietAt(alerts.quietHours, this.#now()) }
  }

  #now(): number {
    return this.#parts.clock.wallMs()
  }
}

export interface StartedOffice {
  readonly handlers: Pick<Handlers<Contract>, OfficeEntryName>
  readonly gate: SessionGate
  /** Settled when the books are open, or it is known why not. */
  readonly opening: Promise<void>
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0)

/** The size is a figure for people: a file that goes meanwhile is left out. */
async function bytesOfFolder(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then(({ size }) => size, () => 0)))
  return sumOf(sizes)
}
