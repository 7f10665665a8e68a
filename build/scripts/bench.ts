/** `npm run bench -- NAME [--json] [--long]` prints figures; `npm run bench:check` fails when a ratio has grown. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bridge } from '../benchmarks/bridge.ts'
import { candles } from '../benchmarks/candles.ts'
import { engine } from '../benchmarks/engine.ts'
import { history } from '../benchmarks/history.ts'
import { journal } from '../benchmarks/journal.ts'
import { matching } from '../benchmarks/matching.ts'
import { machine, type Benchmark, type Result } from '../benchmarks/measure.ts'
import { quant } from '../benchmarks/quant.ts'
import { screenLife } from '../benchmarks/screen-life.ts'
import { screen } from '../benchmarks/screen.ts'
import { startUp } from '../benchmarks/start-up.ts'

const benchmarks: Readonly<Record<string, Benchmark>> = {
  bridge, candles, engine, history, journal, matching, quant, screen, 'screen-life': screenLife, 'start-up': startUp,
}
/** Minutes each, of a real browser or of filling books: run when they are named, not with all the others. */
const onlyByName: readonly string[] = ['history', 'screen-life', 'start-up']
const baselinesFile = join(import.meta.dirname, '../benchmarks/baselines.json')
/** Ratios repeat within a fifth on a quiet machine. */
const worseAtMost = 1.3

type Baselines = Readonly<Record<string, Readonly<Record<string, number>>>>
const readBaselines = (): Baselines => JSON.parse(readFileSync(baselinesFile, 'utf8')) as Baselines

function printForPeople(name: string, results: Readonly<Record<string, Result>>): void {
  for (const [figure, { unit, figure: spread, baseline, baselineIs, ratio, each, notes, target }] of Object.entries(results)) {
    const goal = target === undefined ? '' : `  (${target.statistic} at most ${target.atMost} ${unit}: ${target.isMet ? 'met' : 'NOT met'})`
    console.log(`${name}.${figure}: median ${spread.median} ${unit}, p99 ${spread.p99} ${unit}, ${spread.samples} samples${goal}`)
    if (each !== undefined) console.log(`  ${each.nanoseconds} ns for each ${each.of}, against ${each.baselineNanoseconds} ns`)
    for (const [note, value] of Object.entries(notes ?? {})) console.log(`  ${note} ${value}`)
    console.log(`  against ${baselineIs}: median ${baseline.median} ${unit}, p99 ${baseline.p99} ${unit}; ratio ${ratio}`)
  }
}

/** The best of up to three runs: a disturbed run must not fail an honest change. */
async function worstRatio(name: string, run: Benchmark, allowed: Readonly<Record<string, number>>): Promise<readonly string[]> {
  let worse: readonly string[] = []
  for (let attempt = 0; attempt < 3; attempt++) {
    const results = await run(false)
    worse = Object.entries(results).flatMap(([figure, { ratio }]) => {
      const before = allowed[figure]
      if (before === undefined) return [`${name}.${figure} has no committed baseline`]
      return ratio > before * worseAtMost ? [`${name}.${figure}: ratio ${ratio}, was ${before}`] : []
    })
    if (worse.length === 0) return worse
  }
  return worse
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = names.filter((name) => benchmarks[name] === undefined)
if (unknown.length > 0) {
  console.error(`There is no benchmark called ${unknown.join(', ')}. There are: ${Object.keys(benchmarks).join(', ')}.`)
  process.exit(2)
}
const chosen = Object.entries(benchmarks).filter(([name]) => (names.length === 0 ? !onlyByName.includes(name) : names.includes(name)))
if (process.argv.includes('--check')) {
  const baselines = readBaselines()
  const worse = []
  for (const [name, run] of chosen) worse.push(...(await worstRatio(name, run, baselines[name] ?? {})))
  console.log(worse.length === 0 ? `No ratio is more than ${worseAtMost} times its baseline.` : worse.join('\n'))
  process.exit(worse.length === 0 ? 0 : 1)
}
const all: Record<string, Readonly<Record<string, Result>>> = {}
for (const [name, run] of chosen) all[name] = await run(process.argv.includes('--long'))
if (process.argv.includes('--save')) {
  const ratios = Object.fromEntries(
    Object.entries(all).map(([name, results]) => [name, Object.fromEntries(Object.entries(results).map(([figure, { ratio }]) => [figure, ratio]))]),
  )
  writeFileSync(baselinesFile, `${JSON.stringify({ ...readBaselines(), ...ratios }, undefined, 2)}\n`)
}
if (process.argv.includes('--json')) {
  const results = chosen.length === 1 ? Object.values(all)[0] : all
  console.log(JSON.stringify({ machine: machine(), results }, undefined, 2))
} else {
  console.log(JSON.stringify(machine()))
  for (const [name, results] of Object.entries(all)) printForPeople(name, results)
}
