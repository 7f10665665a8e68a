import {
  locales, translate, translateError, type LooseParameters, type Locale, type MessageKey, type ParametersAfter,
} from '../../src-preload/contract/text/index.ts'
import type { BooksTroubleCode, BridgeError, ErrorDetails } from '../../src-preload/contract/index.ts'

export type CliKey = Extract<MessageKey, `cli.${string}`>

/** A sentence that is not in any language yet. */
export interface Phrase {
  readonly key: CliKey
  readonly parameters?: LooseParameters
}

/** What the command line says, in one language. */
export interface Speech {
  readonly locale: Locale
  say<Key extends CliKey>(key: Key, ...parameters: ParametersAfter<Key>): string
  sayPhrase(phrase: Phrase): string
  sayError(error: BridgeError): string
  /** Why books are closed. */
  sayTrouble(code: BooksTroubleCode, details: ErrorDetails): string
}

export const createSpeech = (locale: Locale): Speech => ({
  locale,
  say: (key, ...parameters) => translate(locale, key, ...parameters),
  // A key out of a table: which parameters it wants was checked where the table was written.
  sayPhrase: ({ key, parameters }) => translate<MessageKey>(locale, key, parameters),
  sayError: (error) => translateError(locale, error),
  sayTrouble: (code, details) => translate<MessageKey>(locale, `books.trouble.${code}`, details),
})

/** What was asked for, else what the system speaks, else English. */
export function chooseLocale(asked: string | undefined, env: NodeJS.ProcessEnv): Locale {
  const wanted = asked ?? (env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '')
  return locales.find((locale) => new RegExp(`^${locale}([_.@-]|$)`, 'i').test(wanted)) ?? 'en'
}
