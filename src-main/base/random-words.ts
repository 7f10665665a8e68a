/**
 * The integer core of the seeded random: 128 bits as four 32-bit words, only additions, rotations and exclusive ors, so it is
 * bit-identical wherever JavaScript runs. It is no source of secrets: whoever sees the output can compute the rest.
 */
export type FourWords = readonly [number, number, number, number]

const rotate = (word: number, by: number): number => (word << by) | (word >>> (32 - by))

/** By index and not by destructuring, which would run an iterator for each number drawn. There are four words by construction. */
const wordAt = (words: Uint32Array, at: 0 | 1 | 2 | 3): number => words[at] as number

export const fourWords = (words: Uint32Array): FourWords => [
  wordAt(words, 0), wordAt(words, 1), wordAt(words, 2), wordAt(words, 3),
]

const permuteOnce = (words: Uint32Array): void => {
  let a = wordAt(words, 0)
  let b = wordAt(words, 1)
  let c = wordAt(words, 2)
  let d = wordAt(words, 3)
  a = (a + b) | 0
  b = rotate(b, 5) ^ a
  a = rotate(a, 16)
  c = (c + d) | 0
  d = rotate(d, 8) ^ c
  a = (a + d) | 0
  d = rotate(d, 13) ^ a
  c = (c + b) | 0
  b = rotate(b, 7) ^ c
  c = rotate(c, 16)
  words[0] = a
  words[1] = b
  words[2] = c
  words[3] = d
}

/** The permutation of the Chaskey code (Mouha et al. 2014): 8 rounds mix every bit into every other. */
export const permute = (words: Uint32Array): void => {
  for (let round = 0; round < 8; round += 1) permuteOnce(words)
}

/** A nothing-up-my-sleeve start: the first bits of the fraction of pi. */
const piWords = [0x243f6a88, 0x85a308d3] as const

export const wordsFromSeed = (seed: number): Uint32Array => {
  const words = Uint32Array.of(seed >>> 0, Math.floor(seed / 2 ** 32), ...piWords)
  permute(words)
  return words
}

/**
 * The words of a labelled child. Each character goes through the whole permutation, the length closes the text, and the key is
 * added back at the end so that a child does not lead back to its parent.
 */
export const wordsFromLabel = (key: Uint32Array, label: string): Uint32Array => {
  const words = Uint32Array.from(key)
  for (let at = 0; at < label.length; at += 1) {
    words[0] = wordAt(words, 0) ^ label.charCodeAt(at)
    permute(words)
  }
  words[1] = wordAt(words, 1) ^ label.length
  words[3] = wordAt(words, 3) ^ 0x80000000
  permute(words)
  const [a, b, c, d] = fourWords(key)
  return Uint32Array.of(wordAt(words, 0) ^ a, wordAt(words, 1) ^ b, wordAt(words, 2) ^ c, wordAt(words, 3) ^ d)
}

/** The one state from which xoshiro never moves becomes another one. */
export const avoidZero = (words: Uint32Array): Uint32Array => {
  if (words.every((word) => word === 0)) words[0] = piWords[0]
  return words
}

/** One step of xoshiro128** 1.1 (Blackman and Vigna 2018): period 2^128 - 1, tested against the authors' own output. */
export const nextWord = (state: Uint32Array): number => {
  const a = wordAt(state, 0)
  const b = wordAt(state, 1)
  const c = wordAt(state, 2)
  const d = wordAt(state, 3)
  const result = Math.imul(rotate(Math.imul(b, 5), 7), 9)
  const e = c ^ a
  const f = d ^ b
  state[0] = a ^ f
  state[1] = b ^ e
  state[2] = e ^ (b << 9)
  state[3] = rotate(f, 11)
  return result >>> 0
}
