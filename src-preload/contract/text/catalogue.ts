import { english } from './en/index.ts'
import { french } from './fr/index.ts'
import type { Locale } from './locale.ts'
import type { Agreeing, Message } from './message.ts'
import { withNoBreakSpaces } from './no-break.ts'

/**
 * Every message by its key. A new area is one file in `en`, one in `fr`, and a line in the index of each; a message that one
 * of them lacks, or whose placeholders differ, does not compile.
 */
export type English = typeof english
export type MessageKey = keyof English

export const catalogue: Readonly<Record<Locale, Readonly<Record<MessageKey, Message>>>> = {
  en: english,
  fr: withNoBreakSpaces(french satisfies Agreeing<English, typeof french>),
}

export const messageKeys = Object.keys(english) as readonly MessageKey[]

/** For a key that was put together at run time, out of a code from elsewhere. */
export const isMessageKey = (text: string): text is MessageKey => Object.hasOwn(english, text)
