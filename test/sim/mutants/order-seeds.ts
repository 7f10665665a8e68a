/**
 * Writes `seed-order.ts` anew: `node test/sim/mutants/order-seeds.ts`. Looks at the sources as they are and at no planted bug: seeds that show
 * much of what has not been shown yet, for the time they take, come first.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { actionsMax, intentsWanted } from '../arguments.ts'
import { runSeed } from '../run-seed.ts'
import type { RunResult } from '../world/run-result.ts'

const firstSeed = 1
const seedsMax = 120

/** What struck and what was looked at, once and often: twice as often is another thing to have seen. */
function featuresOf({ faults, checks }: RunResult): readonly string[] {
  return [...Object.entries(faults), ...Object.entries(checks)].flatMap(([name, count]) => Array.from({ length: count > 0 ? Math.floor(Math.log2(count)) + 1 : 0 }, (_, level) => `${name} ${level}`))
}

const left = Array.from({ length: seedsMax }, (_, index) => {
  const result = runSeed({ seed: firstSeed + index, actions: actionsMax, intents: intentsWanted })
  if (result.violations.length > 0) throw new Error(`expected sources without a known bug, and seed ${result.seed} has one`)
  return { seed: result.seed, steps: result.steps, features: featuresOf(result) }
})

const order: number[] = []
const shown = new Map<string, number>()
/** What was shown n times is worth less each time. */
const worthOf = ({ features, steps }: (typeof left)[number]): number => features.reduce((sum, name) => sum + 4 ** -(shown.get(name) ?? 0), 0) / steps
while (left.length > 0) {
  const best = left.reduce((most, candidate) => (worthOf(candidate) > worthOf(most) ? candidate : most))
  order.push(best.seed)
  for (const name of best.features) shown.set(name, (shown.get(name) ?? 0) + 1)
  left.splice(left.indexOf(best), 1)
}

const rows = Array.from({ length: Math.ceil(order.length / 20) }, (_, row) => `  ${order.slice(row * 20, row * 20 + 20).join(', ')},`)
const words = '/** The seeds in which a planted bug is looked for, the most telling first; the same for all of them. Written by `order-seeds.ts`. */'
writeFileSync(join(import.meta.dirname, 'seed-order.ts'), `${words}\nexport const seedOrder: readonly number[] = [\n${rows.join('\n')}\n]\n`)
