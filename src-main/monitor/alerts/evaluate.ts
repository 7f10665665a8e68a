import { alertRules, alertRuleIds, finding, type AlertRuleId, type Finding } from './alert-rules.ts'
import { alertLimits as limits, type Readings } from './readings.ts'

export interface Evaluation {
  readonly findings: readonly Finding[]
  /** The rules about which something was known. What they did not find is well. */
  readonly judged: ReadonlySet<AlertRuleId>
}

type StateRuleId = { [Rule in AlertRuleId]: (typeof alertRules)[Rule]['nature'] extends 'state' ? Rule : never }[AlertRuleId]

/** What one rule finds; `unknown` when its reading is missing. */
type Judge = (readings: Readings) => readonly Finding[] | 'unknown'

const well: readonly Finding[] = []
const megabytes = (bytes: number): number => Math.floor(bytes / 1_000_000)
const days = (ms: number): number => Math.floor(ms / 86_400_000)

const judges: Readonly<Record<StateRuleId, Judge>> = {
  'engine-halted': ({ mode }) => {
    if (mode === undefined) return 'unknown'
    return mode.mode === 'halted' && mode.actor === 'engine' ? [finding('engine-halted', { reason: mode.reason })] : well
  },
  'engine-killed': ({ mode }) => {
    if (mode === undefined) return 'unknown'
    return mode.mode === 'killing' || mode.mode === 'killed' ? [finding('engine-killed', { reason: mode.reason })] : well
  },
  'journal-stalled': ({ journalWaitingMs }) => {
    if (journalWaitingMs === undefined) return 'unknown'
    const isStalled = journalWaitingMs > limits.journalWaitingMs
    return isStalled ? [finding('journal-stalled', { waitingMs: Math.round(journalWaitingMs) })] : well
  },
  'books-closed': ({ booksClosed }) => {
    if (booksClosed === undefined) return 'unknown'
    return booksClosed.code === undefined ? well : [finding('books-closed', { code: booksClosed.code })]
  },
  'books-behind': ({ booksBehind }) => {
    if (booksBehind === undefined) return 'unknown'
    return booksBehind.reason === undefined ? well : [finding('books-behind', { detail: booksBehind.reason })]
  },
  'journal-damaged': ({ journalAudit }) => {
    if (journalAudit === undefined) return 'unknown'
    return journalAudit.reason === undefined ? well : [finding('journal-damaged', { detail: journalAudit.reason })]
  },
  'journal-failed': ({ journal }) => {
    if (journal === undefined) return 'unknown'
    return journal.state === 'failed' ? [finding('journal-failed', { detail: journal.detail })] : well
  },
  'journal-no-room-ahead': ({ journal }) => {
    // A journal that failed has no room either: that is not known to be well again.
    if (journal === undefined || journal.state === 'failed') return 'unknown'
    if (journal.state === 'well') return well
    return [finding('journal-no-room-ahead', { megabytes: megabytes(journal.bytesLeft) })]
  },
  'disk-low': ({ diskFreeBytes }) => {
    if (diskFreeBytes === undefined) return 'unknown'
    const isLow = diskFreeBytes < limits.diskLowBytes && diskFreeBytes >= limits.diskCriticalBytes
    return isLow ? [finding('disk-low', { megabytes: megabytes(diskFreeBytes) })] : well
  },
  'disk-critical': ({ diskFreeBytes }) => {
    if (diskFreeBytes === undefined) return 'unknown'
    return diskFreeBytes < limits.diskCriticalBytes ? [finding('disk-critical', { megabytes: megabytes(diskFreeBytes) })] : well
  },
  'loop-stalled': ({ loopStallMs }) => {
    if (loopStallMs === undefined) return 'unknown'
    // What is longer was a sleep, which is told as such.
    const isStall = loopStallMs >= limits.loopStallMs && loopStallMs < limits.sleptMs
    return isStall ? [finding('loop-stalled', { stallMs: Math.round(loopStallMs) })] : well
  },
  'backup-overdue': ({ backup, nowMs }) => {
    if (backup === undefined || backup.isLastUnknown === true) return 'unknown'
    const ageMs = backup.lastAt === undefined ? 0 : nowMs - backup.lastAt
    return ageMs > limits.backupMs ? [finding('backup-overdue', { hours: Math.floor(ageMs / 3_600_000) })] : well
  },
  'backup-missing': ({ backup, nowMs }) => {
    if (backup === undefined || backup.isLastUnknown === true) return 'unknown'
    const isMissing = backup.lastAt === undefined && nowMs - backup.booksMadeAt > limits.backupMs
    return isMissing ? [finding('backup-missing', {})] : well
  },
  'backup-failed': ({ backup }) => {
    if (backup === undefined) return 'unknown'
    return backup.failure === undefined ? well : [finding('backup-failed', { detail: backup.failure })]
  },
  'drill-overdue': ({ drill, nowMs, drillAgeMaxMs = limits.drillMs }) => {
    if (drill === undefined) return 'unknown'
    const ageMs = drill.lastAt === undefined ? 0 : nowMs - drill.lastAt
    return ageMs > drillAgeMaxMs ? [finding('drill-overdue', { days: days(ageMs) })] : well
  },
  'drill-missing': ({ drill, nowMs, drillAgeMaxMs = limits.drillMs }) => {
    if (drill === undefined) return 'unknown'
    const ageMs = nowMs - drill.booksMadeAt
    return drill.lastAt === undefined && ageMs > drillAgeMaxMs ? [finding('drill-missing', { days: days(ageMs) })] : well
  },
  'key-old': ({ keys, nowMs, keyAgeMaxMs = limits.keyMs }) => {
    if (keys === undefined) return 'unknown'
    const old = keys.filter(({ madeAt }) => nowMs - madeAt > keyAgeMaxMs)
    return old.map(({ name, madeAt }) => finding('key-old', { name, days: days(nowMs - madeAt) }, name))
  },
  'anchor-not-kept': ({ anchor }) => {
    if (anchor === undefined) return 'unknown'
    return anchor.failure === undefined ? well : [finding('anchor-not-kept', { detail: anchor.failure })]
  },
  'settings-bad': ({ settings }) => {
    if (settings === undefined) return 'unknown'
    return settings.problem === undefined ? well : [finding('settings-bad', { detail: settings.problem })]
  },
  'delivery-failing': ({ channels, nowMs }) => {
    if (channels === undefined) return 'unknown'
    return channels.flatMap(({ name, failingSince, problem }) => {
      const forMs = failingSince === undefined ? 0 : nowMs - failingSince
      const minutes = Math.floor(forMs / 60_000)
      return forMs >= limits.deliveryMs ? [finding('delivery-failing', { channel: name, minutes, detail: problem }, name)] : []
    })
  },
  'no-recovery-code': ({ hasRecoveryCode }) => {
    if (hasRecoveryCode === undefined) return 'unknown'
    return hasRecoveryCode ? well : [finding('no-recovery-code', {})]
  },
}

/** Every rule about a state, over one set of readings. Pure: the same readings give the same findings. */
export function evaluate(readings: Readings): Evaluation {
  const judged = new Set<AlertRuleId>()
  const findings = (Object.entries(judges) as [StateRuleId, Judge][]).flatMap(([rule, judge]) => {
    const found = judge(readings)
    if (found === 'unknown') return []
    judged.add(rule)
    return found
  })
  return { findings, judged }
}

export const stateRuleIds = alertRuleIds.filter((rule) => alertRules[rule].nature === 'state')
