/** The names of log files, and which of them have to go. A day is UTC; the number counts the files of one day. */
export interface LogFileName {
  readonly day: string
  readonly part: number
}

const namePattern = /^ballast-(\d{4}-\d{2}-\d{2})(?:\.([1-9]\d{0,5}))?\.jsonl$/

export const printLogName = ({ day, part }: LogFileName): string => `ballast-${day}${part === 0 ? '' : `.${part}`}.jsonl`

export function parseLogName(name: string): LogFileName | undefined {
  const [, day, part] = namePattern.exec(name) ?? []
  return day === undefined ? undefined : { day, part: part === undefined ? 0 : Number(part) }
}

export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

export interface KeptLog extends LogFileName {
  readonly bytes: number
}

export interface Retention {
  readonly days: number
  readonly megabytes: number
}

const dayMs = 86_400_000

/** What has to go: what is too old, then the oldest of what is too much. The file that is written now always stays. */
export function logsToRemove(
  logs: readonly KeptLog[],
  current: LogFileName,
  nowMs: number,
  { days, megabytes }: Retention,
): readonly KeptLog[] {
  const firstDay = dayOf(nowMs - (days - 1) * dayMs)
  const newestFirst = logs.toSorted((left, right) => right.day.localeCompare(left.day) || right.part - left.part)
  let bytes = 0
  return newestFirst.filter((log) => {
    bytes += log.bytes
    if (log.day === current.day && log.part === current.part) return false
    return log.day < firstDay || bytes > megabytes * 1_000_000
  })
}
