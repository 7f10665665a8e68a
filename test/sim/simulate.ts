/**
 * `npm run sim -- --seeds N --first-seed N --json`: exit 0 when nothing was violated, 1 when something was, 2 for what was not understood.
 * Others: --trace and --shrink of a seed, --mutants (those with --only TEXT in their name), --mutant FILE, --sweep N, --naive, --without FAULT, --workers N, --actions N,
 * --intents N, --stop-at-first.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArguments } from './arguments.ts'
import type { Asked } from './arguments.ts'
import { judgeMutants, judgeOneMutant } from './mutants/judge-mutants.ts'
import { policies, runPolicy } from './naive/policies.ts'
import { runSeed } from './run-seed.ts'
import { reportOf, runSeeds } from './run-seeds.ts'
import type { Report } from './run-seeds.ts'
import { shrink } from './shrink.ts'
import { sweep } from './sweep.ts'

function printForPeople(report: Report): void {
  const { seeds, intents, sends, fills, crashes, unknown, violations, elapsedMs } = report
  console.log(`${seeds} seeds in ${elapsedMs} ms: ${intents} intents, ${sends} sends, ${fills} fills, ${crashes} crashes, ${unknown} unknown for a while`)
  for (const { id, checks } of report.invariants) console.log(`  ${id}: ${checks} checks`)
  const missing = Object.entries(report.faults).filter(([, count]) => count === 0).map(([name]) => name)
  console.log(missing.length === 0 ? 'every fault of the menu struck' : `did not strike: ${missing.join(', ')}`)
  for (const { id, seed, at, step, detail } of violations) console.log(`VIOLATED ${id} in seed ${seed} at ${at} ms, step ${step}: ${detail}`)
  if (violations.length > 0) console.log(`again: npm run sim -- --seeds 1 --first-seed ${violations[0]?.seed} --trace`)
  console.log(report.traceHash)
}

async function simulateSeeds(asked: Asked): Promise<number> {
  const begun = performance.now()
  if (asked.trace) {
    const result = runSeed({ seed: asked.firstSeed, actions: asked.actions, intents: asked.intents, without: new Set(asked.without), traceMax: 1_000_000 })
    console.log(result.trace.join('\n'))
  }
  const results = await runSeeds(asked)
  const report = reportOf(results, Math.round(performance.now() - begun))
  if (asked.json) console.log(JSON.stringify(report))
  else printForPeople(report)
  const failed = report.violations[0]
  if (asked.shrink && failed !== undefined) keepShrunk(failed.seed)
  return failed === undefined ? 0 : 1
}

/** Next to the other regressions, where the tests run it again from now on. */
function keepShrunk(seed: number): void {
  const shrunk = shrink(seed, 400)
  if (shrunk === undefined) return
  const file = join(import.meta.dirname, 'regressions', `${shrunk.breaks.toLowerCase()}-seed-${seed}.json`)
  writeFileSync(file, `${JSON.stringify(shrunk, undefined, 2)}\n`)
  const { trace } = runSeed({ seed, actions: shrunk.actions, without: new Set(shrunk.without), skip: new Set(shrunk.skip), crashes: shrunk.crashes, traceMax: 400 })
  console.error(`${shrunk.breaks} in ${shrunk.actions - shrunk.skip.length} actions after ${shrunk.runs} runs: ${shrunk.detail}`)
  console.error(trace.join('\n'))
}

function compareNaive(asked: Asked): number {
  const results = policies.map((policy) => {
    let [intents, duplicated, lost] = [0, 0, 0]
    for (let seed = asked.firstSeed; seed < asked.firstSeed + asked.seeds; seed++) {
      const result = runPolicy(policy, seed, 200)
      intents += result.intents
      duplicated += result.duplicated
      lost += result.lost
    }
    return { policy, intents, duplicated, lost }
  })
  if (asked.json) console.log(JSON.stringify({ policies: results }))
  else for (const { policy, intents, duplicated, lost } of results) console.log(`${policy}: ${intents} intents, ${duplicated} duplicated, ${lost} lost`)
  return 0
}

async function sweepCrashes(asked: Asked, points: number): Promise<number> {
  const result = await sweep(asked.firstSeed, points, asked.workers)
  const { points: swept, cases, runs, crashes, seeds, violations, found, elapsedMs } = result
  if (asked.json) console.log(JSON.stringify(result))
  else {
    console.log(`${swept} points of ${seeds} seeds, ${cases} cases in ${runs} runs, ${(elapsedMs / 1_000).toFixed(0)} s, ${crashes} crashes, ${violations} violations`)
    for (const { id, seed, detail, crash } of found) console.log(`VIOLATED ${id} in seed ${seed}, broken off at ${JSON.stringify(crash)}: ${detail}`)
  }
  return violations === 0 ? 0 : 1
}

function simulate(asked: Asked): Promise<number> | number {
  if (asked.mutants) return judgeMutants(asked.only, asked.workers, asked.json)
  if (asked.mutant !== undefined) return judgeOneMutant(asked.mutant, asked.json)
  if (asked.naive) return compareNaive(asked)
  return asked.sweep === undefined ? simulateSeeds(asked) : sweepCrashes(asked, asked.sweep)
}

const asked = parseArguments(process.argv.slice(2))
if (typeof asked === 'string') {
  console.error(asked)
  process.exitCode = 2
} else {
  process.exitCode = await simulate(asked)
}
