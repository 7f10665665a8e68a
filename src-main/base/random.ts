import { assert } from './invariant.ts'
import { normalFrom } from './random-normal.ts'
import { avoidZero, fourWords, nextWord, wordsFromLabel, wordsFromSeed } from './random-words.ts'
import type { FourWords } from './random-words.ts'
import { fail, ok } from './result.ts'
import type { Result } from './result.ts'

/** All there is to know about a stream: plain data for a journal or a failing test. */
export interface RandomState {
  /** What `split` derives children from; fixed for life. */
  readonly key: FourWords
  /** Where the stream stands. */
  readonly words: FourWords
}

/**
 * Seeded random numbers, bit-identical on every platform.
 *
 * `split(label)` gives an independent stream that depends on the seed and the path of labels only, never on how much has been
 * drawn: one more draw here does not change the numbers there. So the same label gives the same stream again, on purpose.
 */
export class Random {
  readonly #key: Uint32Array
  readonly #state: Uint32Array
  readonly #nextFloat53 = (): number => this.nextFloat53()

  constructor(state: RandomState) {
    this.#key = Uint32Array.from(state.key)
    this.#state = avoidZero(Uint32Array.from(state.words))
  }

  split(label: string): Random {
    // The empty label is how a key becomes the start of its own stream.
    assert(label !== '', 'expected a label that names the stream')
    return fromKey(wordsFromLabel(this.#key, label))
  }

  nextUint32(): number {
    return nextWord(this.#state)
  }

  /** A multiple of 2^-53 in [0, 1): 27 high bits of one word and 26 of the next. */
  nextFloat53(): number {
    return this.#nextBits53() / 2 ** 53
  }

  /** A whole number in [0, bound), each equally likely: draws above the last full multiple of the bound are thrown away. */
  nextInt(bound: number): number {
    assert(Number.isSafeInteger(bound) && bound > 0, 'expected a positive whole bound')
    const isWide = bound > 2 ** 32
    const range = isWide ? 2 ** 53 : 2 ** 32
    const fair = range - (range % bound)
    for (;;) {
      const drawn = isWide ? this.#nextBits53() : this.nextUint32()
      if (drawn < fair) return drawn % bound
    }
  }

  /** Mean 0, standard deviation 1. */
  nextNormal(): number {
    return normalFrom(this.#nextFloat53)
  }

  /** Puts the items into a random order, in place (Fisher and Yates). */
  shuffle<Item>(items: Item[]): void {
    for (let left = items.length - 1; left > 0; left -= 1) {
      const drawn = this.nextInt(left + 1)
      // Both positions lie inside the array; the type cannot know, and Item may hold undefined.
      const item = items[drawn] as Item
      items[drawn] = items[left] as Item
      items[left] = item
    }
  }

  save(): RandomState {
    return { key: fourWords(this.#key), words: fourWords(this.#state) }
  }

  #nextBits53(): number {
    const high = nextWord(this.#state) >>> 5
    return high * 2 ** 26 + (nextWord(this.#state) >>> 6)
  }
}

const fromKey = (key: Uint32Array): Random => new Random({ key: fourWords(key), words: fourWords(wordsFromLabel(key, '')) })

/** One seed fixes a whole run. */
export const createRandom = (seed: number): Random => {
  assert(Number.isSafeInteger(seed) && seed >= 0, 'expected a seed between 0 and 2^53 - 1')
  return fromKey(wordsFromSeed(seed))
}

const isWord = (word: unknown): boolean => Number.isInteger(word) && (word as number) >>> 0 === word

const areFourWords = (words: unknown): words is FourWords => Array.isArray(words) && words.length === 4 && words.every(isWord)

/** Continues a stream from what `save` wrote, which may come from a file. */
export const restoreRandom = (state: { readonly key: unknown; readonly words: unknown }): Result<Random, 'notARandomState'> => {
  const { key, words } = state
  if (!areFourWords(key) || !areFourWords(words) || words.every((word) => word === 0)) return fail('notARandomState')
  return ok(new Random({ key, words }))
}
