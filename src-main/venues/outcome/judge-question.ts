import type { EpochPart } from '../../domain/index.ts'
import type { NativeCodes } from './native-codes.ts'
import { venueErrorOf } from './venue-error.ts'
import type { RawCall, ReadAnswer } from './raw-call.ts'

/** The answer to a question for one thing. `not-found` is a successful search; everything that is not one has failed. */
export type LookupJudgement<Value> =
  | { readonly kind: 'found'; readonly value: Value }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'failed'; readonly why: string }

const isGood = (call: RawCall): boolean => call.kind === 'answered' && call.status >= 200 && call.status < 300

const whyFailed = (call: RawCall, read: ReadAnswer<unknown>, codes: NativeCodes): string => {
  const error = venueErrorOf(call, read, codes)
  return error === undefined ? 'no value' : `${error.code}: ${error.detail}`
}

/** `isOurs` refuses an answer about another order: some venues answer a question they do not understand with the first order they have. */
export const judgeLookup = <Value>(
  call: RawCall,
  read: ReadAnswer<Value>,
  codes: NativeCodes,
  isOurs: (value: Value) => boolean,
): LookupJudgement<Value> => {
  if (read.kind === 'value' && isGood(call)) {
    return isOurs(read.value) ? { kind: 'found', value: read.value } : { kind: 'failed', why: 'the answer is about another order' }
  }
  const isSearched = call.kind === 'answered' && call.status < 500 && read.kind === 'native-error' && codes.notFound.has(read.code)
  return isSearched ? { kind: 'not-found' } : { kind: 'failed', why: whyFailed(call, read, codes) }
}

/** A list is whole or it is nothing. An empty one is an answer; a page that is missing makes the part a failure. */
export const judgeList = <Item>(pages: readonly { readonly call: RawCall; readonly read: ReadAnswer<readonly Item[]> }[], codes: NativeCodes): EpochPart<Item> => {
  const items: Item[] = []
  if (pages.length === 0) return { ok: false, why: 'not asked' }
  for (const { call, read } of pages) {
    if (read.kind !== 'value' || !isGood(call)) return { ok: false, why: whyFailed(call, read, codes) }
    items.push(...read.value)
  }
  return { ok: true, items }
}
