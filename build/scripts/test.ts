/** `npm test` (the fast tier) and `npm run test:deep`: runs the suites, tells which took too long, and counts. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { failedTests } from '../testing/failed-tests.ts'
import { obtainTestMachine } from '../testing/obtain-test-machine.ts'
import type { Suite } from '../testing/suites.ts'
import { parseTestWish } from '../testing/test-wish.ts'

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
  readonly failures: readonly string[]
}

interface Outcome extends Count {
  readonly suite: Suite
  readonly seconds: number
  readonly problem?: string
}

function runSuite(suite: Suite): Outcome {
  console.log(`\n── ${suite.name}`)
  if (suite.report !== undefined) rmSync(suite.report.path, { force: true })
  const began = performance.now()
  const [program = '', ...args] = suite.command
  const { status, signal, error } = spawnSync(program, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    // Past twice its budget a suite hangs.
    timeout: suite.budgetSeconds * 2_000,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...suite.env },
  })
  const seconds = (performance.now() - began) / 1_000
  const count = countOf(suite, status === 0)
  const problem = problemOf(suite, status, signal ?? error?.message, count)
  return { suite, seconds, ...count, ...(problem === undefined ? {} : { problem }) }
}

function problemOf(suite: Suite, status: number | null, trouble: string | undefined, count: Count): string | undefined {
  if (trouble !== undefined) return trouble
  if (status !== 0) return `exit code ${status}`
  if (count.skipped > 0) return `${count.skipped} skipped: a test that cannot run is a failure`
  if (suite.report !== undefined && count.passed === 0) return 'no test ran'
  return undefined
}

function countOf(suite: Suite, isGood: boolean): Count {
  if (suite.report === undefined) return { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0, failures: [] }
  let report: unknown
  try {
    report = JSON.parse(readFileSync(suite.report.path, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [] }
  }
  const failures = failedTests(suite.report.kind, report)
  // Both reports are written by the runners named in the suite.
  if (suite.report.kind === 'vitest') {
    const { numPassedTests: passed, numFailedTests: failed, numPendingTests, numTodoTests } = report as Record<string, number>
    return { passed: passed ?? 0, failed: failed ?? 0, skipped: (numPendingTests ?? 0) + (numTodoTests ?? 0), failures }
  }
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = (report as { stats: Record<string, number> }).stats
  return { passed: expected, failed: unexpected + flaky, skipped, failures }
}

/** More would hide the table that they stand in. */
const failuresTold = 8

function summarise(outcomes: readonly Outcome[]): boolean {
  console.log('\n')
  for (const { suite, seconds, passed, failed, failures, problem } of outcomes) {
    const state = problem === undefined ? 'ok  ' : 'FAIL'
    // A slower machine is no fault of the code: only a hang fails, and that one was ended at twice the time.
    const late = seconds > suite.budgetSeconds ? `took longer than its ${suite.budgetSeconds} s` : ''
    const remarks = [problem ?? late, failed > 0 ? `(${failed} failed)` : ''].filter((remark) => remark !== '')
    const head = `${state} ${suite.name.padEnd(10)} ${String(passed).padStart(5)} passed ${seconds.toFixed(1).padStart(6)} s`
    console.log([head, ...remarks].join('  '))
    for (const failure of failures.slice(0, failuresTold)) console.log(`     ${failure}`)
  }
  const sum = (key: 'passed' | 'failed' | 'skipped'): number => outcomes.reduce((total, outcome) => total + outcome[key], 0)
  // A suite that failed as a whole counts, even when each of its tests passed.
  const wholes = outcomes.filter(({ problem, failed }) => problem !== undefined && failed === 0).length
  const total = outcomes.reduce((all, { seconds }) => all + seconds, 0)
  console.log(`\n${total.toFixed(0)} s in all`)
  console.log(`${sum('passed')} passed, ${sum('failed') + wholes} failed, ${sum('skipped')} skipped`)
  return outcomes.every(({ problem }) => problem === undefined)
}

const wish = parseTestWish(process.argv.slice(2))
if (wish.kind === 'help') {
  console.log(wish.text)
  process.exit(0)
}
if (wish.kind === 'wrong') {
  console.error(wish.sentence)
  process.exit(2)
}
const missing = obtainTestMachine()
if (missing !== undefined) {
  console.error(missing)
  process.exit(1)
}
rmSync('test-results/coverage', { recursive: true, force: true })
mkdirSync('test-results/coverage/pages', { recursive: true })
const isGood = summarise(wish.suites.map(runSuite))
process.exit(isGood ? 0 : 1)
