/** How well a query fits a text, and which letters it hit. Higher is better. */
export interface FuzzyMatch {
  readonly score: number
  readonly hits: readonly number[]
}

/** Letters without accents, so that `reduire` finds `Réduire`; one letter stays one letter. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase()

const isWordStart = (text: string, index: number): boolean => index === 0 || !/[\p{L}\p{N}]/u.test(text[index - 1] ?? ' ')

/**
 * All letters of the query in order; letters that begin a word or follow on count more, so that `sh` finds "Show help"
 * before "finish". Greedy from each possible first letter, which is exact enough for lists of a hundred commands.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | undefined {
  const wanted = plain(query).replaceAll(' ', '')
  const letters = plain(text.normalize('NFC'))
  if (wanted === '') return { score: 0, hits: [] }
  let best: FuzzyMatch | undefined
  for (let start = letters.indexOf(wanted.charAt(0)); start >= 0; start = letters.indexOf(wanted.charAt(0), start + 1)) {
    const found = matchFrom(wanted, letters, start)
    if (found !== undefined && (best === undefined || found.score > best.score)) best = found
  }
  return best
}

function matchFrom(wanted: string, letters: string, start: number): FuzzyMatch | undefined {
  const hits: number[] = []
  let score = 0
  for (let nth = 0; nth < wanted.length; nth++) {
    const last = hits.at(-1)
    const at = last === undefined ? start : nextHit(wanted.slice(nth), letters, last)
    if (at < 0) return undefined
    score += last === at - 1 ? 6 : isWordStart(letters, at) ? 5 : 1
    hits.push(at)
  }
  // Between equals the shorter text and the earlier hit win.
  return { score: score - start * 0.1 - letters.length * 0.01, hits }
}

/** The letter that follows on, else the next that begins a word and leaves room for the rest, else the next at all. */
function nextHit(rest: string, letters: string, last: number): number {
  const letter = rest.charAt(0)
  if (letters[last + 1] === letter) return last + 1
  const first = letters.indexOf(letter, last + 1)
  for (let at = first; at >= 0; at = letters.indexOf(letter, at + 1)) {
    if (isWordStart(letters, at) && holdsInOrder(letters, rest.slice(1), at + 1)) return at
  }
  return first
}

function holdsInOrder(letters: string, wanted: string, from: number): boolean {
  let at = from - 1
  for (const letter of wanted) {
    at = letters.indexOf(letter, at + 1)
    if (at < 0) return false
  }
  return true
}
