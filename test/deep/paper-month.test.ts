import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { programEnvironment } from '../fixtures/program-environment.ts'

const entry = join(import.meta.dirname, '../../src-main/ballast.ts')

it('a month on paper needs nobody and loses nothing', { timeout: 1_200_000 }, async () => {
  // Lines are counted where two days of it run: counting them here would only make it longer.
  const { NODE_V8_COVERAGE: _coverage, ...env } = { ...process.env, ...programEnvironment() }
  const { stdout } = await promisify(execFile)(process.execPath, [entry, 'paper', '--days', '30', '--speed', 'max', '--seed', '7', '--json'], { env })
  const month = JSON.parse(stdout)
  expect(month).toMatchObject({ days: 30, manualSteps: 0, unexplainedDifferences: 0, differences: [], ledger: { balanced: true } })
  expect(month.unknownResolved).toBe(month.unknownOpened)
  expect(month.quotes).toBeGreaterThanOrEqual(20_000_000)
  expect(month.orders).toBeGreaterThanOrEqual(5_000)
  expect(month.faults.total).toBeGreaterThanOrEqual(300)
  expect(month.faults.kinds).toBeGreaterThanOrEqual(12)
  expect(month.crashes).toBeGreaterThanOrEqual(30)
  expect(month.activeShare).toBeGreaterThanOrEqual(0.9)
})
