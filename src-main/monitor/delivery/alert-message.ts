import { translate, type Locale } from '../../../src-preload/contract/index.ts'
import { alertWords, type Alert } from '../alerts/index.ts'
import type { AlertSeverity } from '../metrics/index.ts'

/** An alert on its way out: words, no objects, nothing that has not been scrubbed. */
export interface AlertMessage {
  readonly id: string
  readonly kind: MessageKind
  readonly rule: string
  readonly subject: string
  readonly severity: AlertSeverity
  readonly title: string
  readonly action: string
  /** One line with everything. */
  readonly line: string
  readonly raisedAt: number
  readonly times: number
}

export type MessageKind = 'raised' | 'again' | 'cleared'

export interface MessageParts {
  readonly profile: string
  readonly locale: Locale
  readonly scrub: (text: string) => string
}

export function messageOf(alert: Alert, kind: MessageKind, { profile, locale, scrub }: MessageParts): AlertMessage {
  const { id, rule, subject, severity, raisedAt, times } = alert
  const words = alertWords(locale, alert)
  const title = scrub(words.title)
  const line = translate(locale, `alert.message.${kind}`, { severity: words.severity, profile, title })
  return { id, kind, rule, subject: scrub(subject), severity, title, action: words.action, line: scrub(line), raisedAt, times }
}

/** How many a digest spells out. */
const listedMax = 10

/** What a person reads: one alert with what to do, or several as a list, the most severe first. */
export function textOf(messages: readonly AlertMessage[], { profile, locale }: Pick<MessageParts, 'profile' | 'locale'>): string {
  const [first] = messages
  if (first !== undefined && messages.length === 1) return first.kind === 'cleared' ? first.line : `${first.line}\n${first.action}`
  const listed = messages.slice(0, listedMax).map(({ line }) => `- ${line}`)
  const rest = messages.length - listed.length
  return [
    translate(locale, 'alert.message.digest', { total: messages.length, profile }),
    ...listed,
    ...(rest > 0 ? [translate(locale, 'alert.message.more', { count: rest })] : []),
  ].join('\n')
}
