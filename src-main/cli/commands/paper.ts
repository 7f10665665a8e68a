import { z } from 'zod'
import { printDecimal } from '../../base/index.ts'
import type { MonthResult } from '../../rehearsal/index.ts'
import { houseAssets } from '../../venues/sim/index.ts'
import { defineCommand, done, valueFlag, type CommandContext } from '../command.ts'
import { badInput, refuse, type Refused } from '../trouble.ts'

const seedPreset = 7
const daysMost = 366
const whole = (least: number, most: number) => z.string().regex(/^\d{1,16}$/).transform(Number).pipe(z.int().min(least).max(most))
const count = z.int().min(0)
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)

export const paper = defineCommand({
  name: 'paper',
  summary: 'cli.paper.summary',
  flags: {
    days: valueFlag({ placeholder: 'N', description: 'cli.flag.days', expected: 'cli.expected.days', schema: whole(1, daysMost) }),
    seed: valueFlag({ placeholder: 'N', description: 'cli.flag.paper-seed', expected: 'cli.expected.seed', schema: whole(0, Number.MAX_SAFE_INTEGER) }),
    speed: valueFlag({ placeholder: 'max', description: 'cli.flag.paper-speed', expected: 'cli.expected.paper-speed', schema: z.string().pipe(z.literal('max')) }),
  },
  output: z.strictObject({
    days: z.int().min(1), seed: count, quotes: count, orders: count, refused: count, fills: count,
    faults: z.strictObject({ total: count, kinds: count, byKind: z.record(z.string(), count) }),
    crashes: count, unknownOpened: count, unknownResolved: count, manualSteps: count, breaksSeen: count, stuckSeen: count,
    unexplainedDifferences: count, differences: z.array(z.string()),
    modeMs: z.record(z.string(), count), activeShare: z.number().min(0).max(1),
    exceptions: z.array(z.strictObject({ mode: z.string(), reason: z.string(), times: z.int().min(1), ms: z.int().min(1) })),
    ledger: z.strictObject({ balanced: z.boolean(), residuals: z.record(z.string(), decimal) }),
    equity: z.strictObject({ start: decimal, end: decimal, currency: z.string() }),
    traceHash: z.string().regex(/^[0-9a-f]{64}$/), elapsedMs: count,
  }),
  exitCodes: [0, 1, 2, 130],
  examples: ['ballast paper --days 2', 'ballast paper --days 30 --speed max --seed 7 --json'],
  async run(context, { flags: { days, seed = seedPreset } }) {
    const { speech } = context
    if (days === undefined) return refuse(badInput('cli.paper-days-needed', speech.say('cli.paper.days-needed')))
    const began = performance.now()
    const result = await rehearse(context, days, seed)
    if (result === undefined) return stopped(context)
    const value = documentOf(result, Math.round(performance.now() - began))
    const isWell = value.unexplainedDifferences === 0 && value.manualSteps === 0 && value.ledger.balanced && value.unknownOpened === value.unknownResolved
    return { ...done(value), exitCode: isWell ? 0 : 1 }
  },
  print: (value, { speech }) => [
    speech.say('cli.paper.did', { days: value.days, orders: value.orders, fills: value.fills, quotes: value.quotes }),
    speech.say('cli.paper.befell', { faults: value.faults.total, kinds: value.faults.kinds, crashes: value.crashes, steps: value.manualSteps }),
    speech.say('cli.paper.knew', { opened: value.unknownOpened, resolved: value.unknownResolved, percent: (100 * value.activeShare).toFixed(2) }),
    speech.say('cli.paper.worth', value.equity),
    value.unexplainedDifferences === 0 && value.ledger.balanced ? speech.say('cli.paper.agrees') : speech.say('cli.paper.differs', { what: value.differences.join('; ') }),
    speech.say('cli.paper.trace', { hash: value.traceHash, seconds: (value.elapsedMs / 1_000).toFixed(1) }),
  ],
})

async function rehearse({ surroundings, speech, note }: CommandContext, days: number, seed: number): Promise<MonthResult | undefined> {
  let isStopped = false
  surroundings.signals.onStop(() => { isStopped = true })
  let told = 0
  // The program that it runs is large, and every other command is quicker without it.
  const { rehearseMonth } = await import('../../rehearsal/index.ts')
  return rehearseMonth({
    days, seed, isStopped: () => isStopped,
    progress: (part, { orders, crashes }) => {
      const day = Math.floor(part * days)
      if (surroundings.stderr.isTTY !== true || day <= told) return
      told = day
      note(speech.say('cli.paper.progress', { day, days, orders, crashes }))
    },
  })
}

const stopped = ({ speech }: CommandContext): Refused =>
  refuse({ exitCode: 130, kind: 'refused', code: 'cli.paper-stopped', message: speech.say('cli.paper.stopped') })

function documentOf(result: MonthResult, elapsedMs: number) {
  const { faults, differences, residuals, isBalanced, equity, ...rest } = result
  return {
    ...rest, elapsedMs, differences: [...differences], unexplainedDifferences: differences.length,
    exceptions: [...rest.exceptions], modeMs: { ...rest.modeMs },
    faults: { ...faults, kinds: Object.keys(faults.byKind).length, byKind: { ...faults.byKind } },
    ledger: { balanced: isBalanced, residuals: Object.fromEntries(residuals.map(({ asset, amount }) => [asset, moneyOf(asset, amount)])) },
    equity: { start: moneyOf(equity.currency, equity.start), end: moneyOf(equity.currency, equity.end), currency: equity.currency },
  }
}

const moneyOf = (asset: string, amount: number): string => printDecimal(amount, houseAssets.find(({ id }) => id === asset)?.decimals ?? 0)
