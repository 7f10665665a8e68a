import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../src-main/cli/index.ts'
import { paper } from '../../../src-main/cli/commands/paper.ts'
import { createSpeech } from '../../../src-main/cli/speech.ts'
import { terminalStyle } from '../../../src-main/cli/terminal-style.ts'
import { fakeProgram, fakeSurroundings } from './fake-surroundings.ts'

const program = fakeProgram(() => Promise.reject(new Error('nothing here may start an engine')))
const env = { BALLAST_HOME: '/nowhere' }

async function run(...argv: readonly string[]) {
  const surroundings = fakeSurroundings(['paper', ...argv], env)
  const exitCode = await runCli(surroundings, program)
  return { exitCode, ...surroundings.written }
}

describe('ballast paper', () => {
  it.each([
    ['no days', []], ['no day at all', ['--days', '0']], ['too many days', ['--days', '367']], ['half a day', ['--days', '0.5']],
    ['a seed below nought', ['--days', '1', '--seed', '-1']], ['a speed that is none', ['--days', '1', '--speed', 'fast']], ['an unknown flag', ['--days', '1', '--hours', '3']],
  ])('refuses %s with one sentence and nothing on stdout', async (_name, argv) => {
    const { exitCode, stdout, stderr } = await run(...argv)
    expect(exitCode).toBe(2)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })

  it('ends with 130 and one sentence when it is stopped', async () => {
    const surroundings = fakeSurroundings(['paper', '--days', '300'], env)
    const ended = runCli(surroundings, program)
    await turn()
    surroundings.sendStop('SIGINT')
    expect(await ended).toBe(130)
    expect(surroundings.written).toEqual({ stdout: '', stderr: 'Stopped before the last day; nothing was kept of it.\n' })
  })

  it('says each difference and does not say that all is well', () => {
    const value = {
      days: 1, seed: 7, quotes: 10, orders: 3, refused: 0, fills: 2, faults: { total: 4, kinds: 2, byKind: {} }, crashes: 1, unknownOpened: 1, unknownResolved: 1,
      manualSteps: 0, breaksSeen: 0, stuckSeen: 0, unexplainedDifferences: 1, differences: ['USD: the engine holds 1 more than the exchange'], modeMs: { active: 100 },
      activeShare: 0.98765, exceptions: [], ledger: { balanced: false, residuals: { USD: '0.000001' } }, equity: { start: '100.000000', end: '99.000000', currency: 'USD' },
      traceHash: '0'.repeat(64), elapsedMs: 1_500,
    }
    const printing = { speech: createSpeech('en'), style: terminalStyle({ write: () => true }, {}) }
    const lines = paper.print(value, printing)
    expect(lines).toContain('The books and the exchange do not agree: USD: the engine holds 1 more than the exchange')
    expect(lines).toContain('Orders of unknown fate: 1, of which 1 were settled. Active 98.77 % of the time.')
    expect(paper.print({ ...value, unexplainedDifferences: 0, differences: [], ledger: { balanced: true, residuals: {} } }, printing))
      .toContain('The books agree with the exchange to the last unit.')
  })
})
