import { relative } from 'node:path'
import { judgeMutant, mutantFiles } from './judge-mutant.ts'
import type { Verdict } from './judge-mutant.ts'
import { root } from './patched-copy.ts'

/** Whoever waits sees one line for each; what was asked for as JSON is told by itself, on another line. */
function tellProgress(verdict: Verdict, judged: number, total: number, elapsedMs: number): void {
  const { name, killed, seed, killedBy, trouble } = verdict
  const word = killed ? 'killed' : trouble === undefined ? 'SURVIVES' : 'NOT JUDGED'
  const why = killed ? `in seed ${seed}: ${killedBy}` : (trouble ?? 'nothing was violated')
  console.error(`${judged}/${total} ${(elapsedMs / 1_000).toFixed(0)} s ${word} ${name}, ${why}`)
}

/** Some at a time; the order of the verdicts is that of the files, whoever was faster. */
async function judgeAll(files: readonly string[], workers: number): Promise<readonly Verdict[]> {
  const begun = performance.now()
  const verdicts = new Map<string, Verdict>()
  const waiting = [...files]
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const verdict = await judgeMutant(file)
      verdicts.set(file, { ...verdict, file: relative(root, file).replaceAll('\\', '/') })
      tellProgress(verdict, verdicts.size, files.length, performance.now() - begun)
    }
  }
  await Promise.all(Array.from({ length: Math.min(workers, files.length) }, work))
  return files.flatMap((file) => verdicts.get(file) ?? [])
}

/** 0 when all are killed, 1 when one survives, 2 when one could not be judged. */
const codeOf = (verdicts: readonly Verdict[]): number => {
  if (verdicts.some(({ trouble }) => trouble !== undefined)) return 2
  return verdicts.every(({ killed }) => killed) ? 0 : 1
}

/** Every planted bug, or those whose name holds the given text. */
export async function judgeMutants(only: string | undefined, workers: number, json: boolean): Promise<number> {
  const files = mutantFiles().filter((file) => only === undefined || relative(root, file).includes(only))
  if (files.length === 0) {
    console.error(`No planted bug has ${JSON.stringify(only ?? '')} in its name.`)
    return 2
  }
  const mutants = await judgeAll(files, workers)
  const killed = mutants.filter((verdict) => verdict.killed).length
  if (json) console.log(JSON.stringify({ mutants, killed, total: mutants.length }))
  else console.log(`${killed} of ${mutants.length} killed`)
  return codeOf(mutants)
}

/** A bug of somebody else. */
export async function judgeOneMutant(file: string, json: boolean): Promise<number> {
  const verdict = await judgeMutant(file)
  if (verdict.trouble !== undefined) {
    console.error(`${JSON.stringify(file)} cannot be judged: ${verdict.trouble}.`)
    return 2
  }
  if (json) console.log(JSON.stringify(verdict))
  else console.log(verdict.killed ? `killed in seed ${verdict.seed}: ${verdict.killedBy}` : 'survives: nothing was violated')
  return codeOf([verdict])
}
