import { createHmac } from 'node:crypto'
import { textOf, type MessageParts } from './alert-message.ts'
import { failed, sendRequest } from './send-request.ts'
import type { Sender } from './sender.ts'

/** Both are asked for at the moment of use and kept nowhere: an address may be as secret as a key. */
export interface WebhookParts extends Pick<MessageParts, 'profile' | 'locale'> {
  readonly address: () => string | Promise<string>
  readonly secret?: (() => string | Promise<string>) | undefined
  readonly wallMs: () => number
  readonly timeoutMs: number
}

/** JSON to an address of the trader's. The signature is over the time and the body, so that nobody can send an old one again. */
export function createWebhook({ profile, locale, address, secret, wallMs, timeoutMs }: WebhookParts): Sender {
  return {
    async send(messages) {
      const sentAt = wallMs()
      const alerts = messages.map((alert) => ({ ...alert, key: `${alert.id}.${alert.kind}.${alert.times}` }))
      const body = JSON.stringify({ version: 1, profile, sentAt, text: textOf(messages, { profile, locale }), alerts })
      const headers: Record<string, string> = { 'content-type': 'application/json', 'x-ballast-time': String(sentAt) }
      const key = secret === undefined ? '' : await secret()
      if (key !== '') headers['x-ballast-signature'] = signatureOf(key, sentAt, body)
      const to = await address()
      return to === '' ? failed('address', true) : sendRequest({ method: 'POST', address: to, headers, body, timeoutMs })
    },
  }
}

export const signatureOf = (secret: string, sentAt: number, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(`${sentAt}.${body}`).digest('hex')}`
