import type { BridgeError } from '../errors.ts'
import { catalogue } from './catalogue.ts'
import type { English, MessageKey } from './catalogue.ts'
import type { Locale } from './locale.ts'
import { isSingular } from './message.ts'
import type { Message, PlaceholderOf, Plural } from './message.ts'

export type ParameterValue = string | number | boolean
export type LooseParameters = Readonly<Record<string, ParameterValue>>

/** What a message wants filled in; for one of several keys, all that any of them may want. */
export type ParametersOf<Key extends MessageKey> = {
  readonly [Name in PlaceholderOf<English[Key]>]: Name extends 'count'
    ? English[Key] extends Plural
      ? number
      : ParameterValue
    : ParameterValue
}

/** Nothing is asked for where nothing is to be filled in. A key that may be any of all cannot be checked. */
export type ParametersAfter<Key extends MessageKey> = MessageKey extends Key
  ? [parameters?: LooseParameters]
  : [PlaceholderOf<English[Key]>] extends [never]
    ? []
    : [parameters: ParametersOf<Key>]

/** Says it in that language. Numbers are printed as they are: figures with a unit or a grouping come as text. */
export const translate = <Key extends MessageKey>(locale: Locale, key: Key, ...parameters: ParametersAfter<Key>): string =>
  say(locale, key, parameters[0] ?? {})

/** The sentence for an error. Its details come from another process, so they are not trusted to be complete. */
export const translateError = (locale: Locale, { code, details }: Pick<BridgeError, 'code' | 'details'>): string =>
  say(locale, `error.${code}`, details)

const say = (locale: Locale, key: MessageKey, parameters: LooseParameters): string => {
  // A key that got past the compiler, such as a code of a newer engine, is shown as it is: better than a screen that falls.
  const message: Message = Object.hasOwn(catalogue[locale], key) ? catalogue[locale][key] : key
  return fill(typeof message === 'string' ? message : pluralForm(locale, message, parameters['count']), parameters)
}

const pluralForm = (locale: Locale, { one, other }: Plural, count: ParameterValue | undefined): string =>
  typeof count === 'number' && isSingular(locale, count) ? one : other

/** One pass, so that braces within a value stay what they are. */
const fill = (text: string, parameters: LooseParameters): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => (Object.hasOwn(parameters, name) ? String(parameters[name]) : '?'))
