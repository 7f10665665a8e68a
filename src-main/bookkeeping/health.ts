import type { BooksStatus, HealthView } from '../../src-preload/contract/index.ts'
import type { CellValue, MetricsSnapshot } from '../monitor/index.ts'

/** The figures of the health panel and the board of targets: what a person looks at without Grafana. */
export interface HealthParts {
  readonly at: number
  readonly figures: MetricsSnapshot
  readonly books: BooksStatus
  readonly unresolvedAlerts: number
  readonly keyAgeDaysMax: number
  readonly drillAgeDaysMax: number
}

type Figure = HealthView['figures'][number]
type Target = HealthView['board'][number]

const dayMs = 86_400_000

export function healthOf(parts: HealthParts): HealthView {
  return { at: parts.at, figures: figuresOf(parts.figures), board: boardOf(parts) }
}

const plain = (value: CellValue | undefined): number | null => (typeof value === 'number' ? value : null)
const mean = (value: CellValue | undefined): number | null =>
  typeof value === 'object' && value.count > 0 ? value.sum / value.count : null
const worst = (value: CellValue | undefined): number | null => (typeof value === 'object' && value.count > 0 ? value.max : null)

function figuresOf(snapshot: MetricsSnapshot): Figure[] {
  const figure = (name: string, unit: Figure['unit'], value: number | null): Figure => ({ name, unit, value })
  return [
    figure('uptime', 'seconds', plain(snapshot.uptime['value'])),
    figure('inputs', 'count', plain(snapshot.engineInputs['value'])),
    figure('processMean', 'seconds', mean(snapshot.engineProcess['value'])),
    figure('processMax', 'seconds', worst(snapshot.engineProcess['value'])),
    figure('stallMax', 'seconds', worst(snapshot.loopStall['value'])),
    figure('journalRecords', 'count', plain(snapshot.journalDurableSequence['value'])),
    figure('journalMean', 'seconds', mean(snapshot.journalDurable['value'])),
    figure('journalMax', 'seconds', worst(snapshot.journalDurable['value'])),
    figure('journalWaiting', 'seconds', plain(snapshot.journalWaiting['value'])),
    figure('booksLag', 'count', plain(snapshot.booksLag['value'])),
    figure('clients', 'count', plain(snapshot.bridgeClients['value'])),
    figure('memory', 'bytes', plain(snapshot.memory['rss'])),
    figure('heap', 'bytes', plain(snapshot.memory['heap_used'])),
    figure('diskFree', 'bytes', plain(snapshot.diskFree['value'])),
    figure('logLinesLost', 'count', plain(snapshot.logLinesLost['value'])),
  ]
}

function boardOf({ at, books, unresolvedAlerts, figures, keyAgeDaysMax, drillAgeDaysMax }: HealthParts): Target[] {
  const days = (since: number | null | undefined): number | null => (since === null || since === undefined ? null : Math.max(0, at - since) / dayMs)
  const isKept = books.protection !== 'ephemeral'
  const below = (name: string, value: number | null, target: number, unit: Target['unit']): Target => ({
    name, value, target, unit, wanted: 'below', state: value === null ? 'unknown' : value < target ? 'well' : 'unwell',
  })
  const none = (name: string, value: number | null): Target => ({
    name, value, target: 0, unit: 'count', wanted: 'equal', state: value === null ? 'unknown' : value === 0 ? 'well' : 'unwell',
  })
  return [
    // Books that are not kept have no backups, drills or keys that could grow old.
    ...(isKept ? [below('backupAge', days(books.backup.last?.at), 1.1, 'days')] : []),
    ...(isKept && drillAgeDaysMax > 0 ? [below('drillAge', days(books.drill.last?.at), drillAgeDaysMax, 'days')] : []),
    ...(isKept && keyAgeDaysMax > 0 ? [below('keyAge', days(books.keyCreatedAt), keyAgeDaysMax, 'days')] : []),
    none('alerts', unresolvedAlerts),
    none('restarts', plain(figures.engineRestarts['value'])),
    below('journalWaiting', plain(figures.journalWaiting['value']), 0.1, 'seconds'),
  ]
}
