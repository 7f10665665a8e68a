import { textOf, type MessageParts } from './alert-message.ts'
import { failed, sendRequest } from './send-request.ts'
import type { Sender } from './sender.ts'

export interface TelegramParts extends Pick<MessageParts, 'profile' | 'locale'> {
  /** Asked for at the moment of use and kept nowhere. */
  readonly token: () => string | Promise<string>
  readonly chat: string
  readonly timeoutMs: number
  /** Another one for a bot server of one's own. */
  readonly base?: string | undefined
}

export const telegramBase = 'https://api.telegram.org'
const textMax = 4_000

/** The method sendMessage of the bot interface: https://core.telegram.org/bots/api#sendmessage */
export function createTelegram({ profile, locale, token, chat, timeoutMs, base = telegramBase }: TelegramParts): Sender {
  return {
    async send(messages) {
      const secret = await token()
      // The token becomes part of the path: nothing else may.
      if (!/^\d{1,20}:[\w-]{10,100}$/.test(secret)) return failed('token', true)
      const text = textOf(messages, { profile, locale }).slice(0, textMax)
      const isQuiet = messages.every(({ severity, kind }) => severity === 'info' || kind === 'cleared')
      const asked = { chat_id: chat, text, disable_notification: isQuiet, link_preview_options: { is_disabled: true } }
      const body = JSON.stringify(asked)
      const headers = { 'content-type': 'application/json' }
      const sent = await sendRequest({ method: 'POST', address: `${base}/bot${secret}/sendMessage`, headers, body, timeoutMs })
      return sent.ok && !/^\s*\{\s*"ok"\s*:\s*true/.test(sent.text) ? failed('answer', false) : sent
    },
  }
}
