import type { Random } from '../../../src-main/base/index.ts'

/** What the trader will do and when, drawn before the run begins: leaving one thing out does not change the others. */
export const actionKinds = [
  'limit-far', 'limit-near', 'limit-crossing', 'market', 'market-cash', 'market-all', 'stop', 'stop-limit', 'take-profit', 'take-profit-limit', 'trailing-amount',
  'trailing-percent', 'iceberg', 'ioc', 'fok', 'gtd', 'day', 'post-only', 'reduce-only', 'oco', 'oto', 'bracket', 'amend', 'cancel', 'cancel-all', 'close', 'reverse',
  'batch', 'repeat', 'against-own', 'halt', 'reduce', 'malformed', 'too-large', 'cancel-all-external',
] as const
export type ActionKind = (typeof actionKinds)[number]

export interface Action {
  readonly number: number
  readonly at: number
  readonly kind: ActionKind
  /** Numbers in [0, 1) for everything that is chosen at the moment itself. */
  readonly dice: readonly number[]
}

const weights: Readonly<Record<ActionKind, number>> = {
  'limit-far': 12, 'limit-near': 18, 'limit-crossing': 10, 'market': 10, 'market-cash': 4, 'market-all': 1.5, 'stop': 5, 'stop-limit': 3, 'take-profit': 3, 'take-profit-limit': 2,
  'trailing-amount': 3, 'trailing-percent': 2, 'iceberg': 3, 'ioc': 3, 'fok': 2, 'gtd': 3, 'day': 1.5, 'post-only': 3, 'reduce-only': 6, 'oco': 3, 'oto': 3, 'bracket': 6,
  'amend': 9, 'cancel': 14, 'cancel-all': 1.5, 'close': 2, 'reverse': 1.5, 'batch': 4, 'repeat': 3, 'against-own': 3, 'halt': 0.6, 'reduce': 0.5, 'malformed': 1, 'too-large': 1.5,
  'cancel-all-external': 0.4,
}

/** Every market gets one whose entry meets the market and one whose entry waits near it, all with a stop so far away that most still stand soon after; the
 * target of every other one is near. */
export function drawLastBrackets(random: Random, markets: number, from: number): readonly Action[] {
  const drawn = random.split('last-brackets')
  return Array.from({ length: 2 * markets }, (_, index): Action => {
    const waits = index >= markets
    const [side, size, near] = [drawn.nextFloat53(), 0.2 + 0.3 * drawn.nextFloat53(), (waits ? 0.5 : 0) + 0.3 * drawn.nextFloat53()]
    const [far, entry] = [4, waits ? 0.1 : 0.9]
    return { number: firstOfLast + index, at: from + 3_000 * index, kind: 'bracket', dice: [((index % markets) + 0.5) / markets, side, size, far, near, entry, 0, 0, 0, index % 2 === 0 ? 0.9 : 0.1, 0] }
  })
}

/** What is on its way when a kill comes. */
export const lastBatch = (random: Random, at: number): Action => {
  const drawn = random.split('last-batch')
  return { number: firstOfLast - 1, at, kind: 'batch', dice: Array.from({ length: 14 }, () => drawn.nextFloat53()) }
}

/** Beyond all that may be drawn before. */
const firstOfLast = 1_000_000

export function drawActions(random: Random, count: number, from: number, meanGapMs: number): readonly Action[] {
  const drawn = random.split('user')
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0)
  const actions: Action[] = []
  let at = from
  for (let number = 0; number < count; number++) {
    // Bursts and pauses: the gap is drawn squared.
    const gap = drawn.nextFloat53()
    at += Math.floor(3 * meanGapMs * gap * gap)
    let pick = drawn.nextFloat53() * total
    const kind = actionKinds.find((candidate) => (pick -= weights[candidate]) < 0) ?? 'limit-near'
    actions.push({ number, at, kind, dice: Array.from({ length: 14 }, () => drawn.nextFloat53()) })
  }
  return actions
}
