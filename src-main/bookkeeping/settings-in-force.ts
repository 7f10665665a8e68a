import type { MonitorSettings } from '../monitor/index.ts'
import type { JournalLimits, Settings } from '../store/index.ts'
import { isQuietAt } from './quiet-hours.ts'

/** What the settings mean for the parts that go by them. */
const bytesInMegabyte = 1024 * 1024
const dayMs = 86_400_000

export function journalLimitsOf(settings: Settings | undefined): Partial<JournalLimits> {
  if (settings === undefined) return {}
  const { segmentMegabytes, archiveAfterDays, sizeLimitMegabytes } = settings.journal
  const archive = {
    ...(archiveAfterDays > 0 ? { olderThanMs: archiveAfterDays * dayMs } : {}),
    ...(sizeLimitMegabytes > 0 ? { beyondBytes: sizeLimitMegabytes * bytesInMegabyte } : {}),
  }
  return { segmentBytes: segmentMegabytes * bytesInMegabyte, ...(Object.keys(archive).length > 0 ? { archive } : {}) }
}

export function monitorSettings(settings: Settings, isKnown: boolean, secretOf: (name: string) => Promise<string>, now: () => number): MonitorSettings {
  const { webhook, telegram, alive, quietHours } = settings.alerts
  return {
    // What is not known throws nothing away.
    logRetention: !isKnown ? undefined : { days: settings.log.keepDays, megabytes: settings.log.maxMegabytes },
    isQuiet: () => isQuietAt(quietHours, now()),
    logLevel: settings.log.level === 'trace' ? 'debug' : settings.log.level,
    traceEndpoint: settings.traces.enabled && settings.traces.endpoint !== '' ? settings.traces.endpoint : undefined,
    webhook: webhook.url === '' ? undefined : { address: () => webhook.url, secret: () => secretOf('webhook-key'), least: 'info' },
    telegram: telegram.chatId === '' ? undefined : { token: () => secretOf('telegram-token'), chat: telegram.chatId, least: 'warning' },
    alive: alive.url === '' ? undefined : { address: () => alive.url, everyMs: alive.everyMinutes * 60_000 },
  }
}
