import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { actionsMax, intentsWanted } from '../arguments.ts'
import type { Violation } from '../checkers/index.ts'
import { runSeed } from '../run-seed.ts'
import { patchedCopy, root } from './patched-copy.ts'
import { runCopy } from './run-copy.ts'
import { seedOrder } from './seed-order.ts'

/**
 * Planted bugs. Each is a patch that is applied to a copy, never to the sources; it is killed when the simulation of the copy finds a
 * violation that the sources without it do not have, does not start, or does not come to an end.
 */
export interface Verdict {
  readonly name: string
  readonly file: string
  readonly killed: boolean
  readonly seed?: number
  readonly killedBy?: string
  /** Why it could not be judged. */
  readonly trouble?: string
}

const folder = join(root, 'test/mutants')
export const mutantFiles = (): readonly string[] => readdirSync(folder).filter((name) => name.endsWith('.patch')).sort().map((name) => join(folder, name))

export async function judgeMutant(file: string): Promise<Verdict> {
  const name = basename(file).replace(/\.(patch|diff)$/, '')
  const patched = patchedCopy(file)
  if (!patched.ok) return { name, file, killed: false, trouble: patched.trouble }
  try {
    return { name, file, ...(await hunt(patched.copy.folder)) }
  } finally {
    patched.copy.dispose()
  }
}

type Found = Omit<Verdict, 'name' | 'file'>

/** One seed after the other, until one of them notices. Most bugs fall to the first or second; what is left after all of them counts as a survivor. */
async function hunt(copy: string): Promise<Found> {
  let seeds = seedOrder
  while (seeds.length > 0) {
    const { results, failure } = await runCopy(copy, seeds)
    const bad = results.find(({ violations }) => violations.length > 0)
    const first = bad?.violations.find(({ seed, id }) => !isBrokenAnyway(seed, id))
    if (first !== undefined) return { killed: true, seed: first.seed, killedBy: wordsOf(first) }
    const stoppedAt = seeds[results.length]
    if (failure !== undefined) return { killed: true, ...(stoppedAt === undefined ? {} : { seed: stoppedAt }), killedBy: failure }
    if (bad === undefined && stoppedAt !== undefined) return { killed: false, trouble: `its thread ended before seed ${stoppedAt} and said nothing` }
    seeds = seeds.slice(results.length)
  }
  return { killed: false }
}

const wordsOf = ({ id, detail }: Violation): string => `${id}: ${detail.slice(0, 200)}`

/** What is violated without the planted bug as well says nothing about it. Each seed is run without one only once, whatever bugs break something in it. */
const isBrokenAnyway = (seed: number, id: string): boolean => {
  const known = unmutated.get(seed) ?? new Set(runSeed({ seed, actions: actionsMax, intents: intentsWanted }).violations.map((violation) => violation.id))
  unmutated.set(seed, known)
  return known.has(id)
}
const unmutated = new Map<number, ReadonlySet<string>>()
