const form = /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2}))?$/

/** `2026-03-12` or `2026-03-12 14:30`, UTC; undefined for what is no such date, the 31st of April among them. */
export function timeOfDateText(typed: string): number | undefined {
  const parts = form.exec(typed.trim())
  if (parts === null) return undefined
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts.slice(1).map((part) => Number(part ?? '0'))
  const time = Date.UTC(year, month - 1, day, hour, minute)
  const made = new Date(time)
  const isSame = made.getUTCMonth() === month - 1 && made.getUTCDate() === day && made.getUTCHours() === hour && made.getUTCMinutes() === minute
  return isSame && made.getUTCFullYear() === year ? time : undefined
}
