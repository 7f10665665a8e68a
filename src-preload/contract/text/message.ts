import type { Locale } from './locale.ts'

/**
 * What a message looks like in the tables: text with {placeholders}, or two texts between which {count} decides.
 * The tables are `as const`, so that the compiler reads the placeholders out of the text.
 */
export type Message = string | Plural

export interface Plural {
  readonly one: string
  readonly other: string
}

export type MessageTable = Readonly<Record<string, Message>>

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

/** The names that a message wants filled in. A plural always wants its count. */
export type PlaceholderOf<Any extends Message> = Any extends Plural
  ? 'count' | NamesIn<Any['one']> | NamesIn<Any['other']>
  : Any extends string
    ? NamesIn<Any>
    : never

/**
 * What a translation must be: the same keys, and in each message the same placeholders. Where they differ, the compiler's
 * complaint names the key and the placeholders that English has.
 */
export type Agreeing<Source extends MessageTable, Target extends MessageTable> = {
  readonly [Key in keyof Source | keyof Target]: Key extends keyof Source & keyof Target
    ? IsSame<PlaceholderOf<Source[Key]>, PlaceholderOf<Target[Key]>> extends true
      ? Target[Key]
      : { readonly placeholdersOfTheOther: PlaceholderOf<Source[Key]> }
    : never
}

type IsSame<Left, Right> = [Left] extends [Right] ? ([Right] extends [Left] ? true : false) : false

/** English counts only one as one; French everything below two, so zero and a half as well. */
export const isSingular = (locale: Locale, count: number): boolean =>
  locale === 'fr' ? Math.abs(count) < 2 : Math.abs(count) === 1
