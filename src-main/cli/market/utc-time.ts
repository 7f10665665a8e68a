const form = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::(\d\d)(?:\.(\d{1,3}))?)?Z)?$/

/**
 * A day or a moment in ISO 8601, in UTC: "2025-01-31", "2025-01-31T08:30Z". A time without its Z could be anybody's local time,
 * and a day that no calendar has is nobody's.
 */
export function parseUtcTime(text: string): number | undefined {
  const [, day, minute = '00:00', second = '00', fraction = ''] = form.exec(text) ?? []
  if (day === undefined) return undefined
  const canonical = `${day}T${minute}:${second}.${fraction.padEnd(3, '0')}Z`
  const time = Date.parse(canonical)
  // The 30th of February would become the 2nd of March.
  return time >= 0 && new Date(time).toISOString() === canonical ? time : undefined
}
