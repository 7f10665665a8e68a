const second = 1_000
const padded = (value: number): string => String(value).padStart(2, '0')

/** `02:53`, `1:02:53`; nothing where it is not known, and from a day on, where nobody waits for it. */
export function countdownText(leftMs: number | undefined): string {
  if (leftMs === undefined || leftMs >= 86_400 * second) return ''
  const left = Math.max(0, Math.ceil(leftMs / second))
  const clock = `${padded(Math.floor(left / 60) % 60)}:${padded(left % 60)}`
  return left < 3_600 ? clock : `${Math.floor(left / 3_600)}:${clock}`
}
