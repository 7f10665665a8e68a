import { z } from 'zod'
import {
  changesBetween, instrumentValueNames, instrumentValues, policyPaths, policyValues, printQuantity, standardPolicyIn, windowsText, type RiskPolicy,
} from '../../risk-policy/index.ts'
import { loadStore } from '../books/load-store.ts'
import { defineCommand, done, type CommandContext, type Outcome } from '../command.ts'
import { sayProblem } from '../risk/policy-words.ts'
import { readPolicyFile } from '../risk/read-policy-file.ts'
import { alignRows } from '../terminal-style.ts'
import { badInput, refuse } from '../trouble.ts'
import { shortened } from '../unknown-command.ts'

const output = z.strictObject({
  source: z.enum(['file', 'in-force', 'standard']),
  file: z.string(),
  currency: z.string(),
  values: z.array(z.strictObject({ path: z.string(), value: z.string() })),
  /** `always`, `never`, or windows such as `mon 07:00-21:00` with commas between them. */
  windowsUtc: z.string(),
  waiting: z.array(z.strictObject({ path: z.string(), old: z.string(), new: z.string(), loosens: z.boolean() })),
})
type Shown = z.output<typeof output>

/** What demo and paper profiles report in; a profile that has its own policy says it itself. */
const usualCurrency = 'USD'

export const riskShow = defineCommand({
  name: 'risk show',
  summary: 'cli.risk-show.summary',
  argument: 'FILE',
  flags: {},
  output,
  exitCodes: [0, 2],
  examples: ['ballast risk show', 'ballast risk show risk_policy.yaml --json'],
  run: (context, { argument }) => (argument === undefined ? ofProfile(context) : Promise.resolve(ofFile(context, argument))),
  print: ({ source, file, currency, values, windowsUtc, waiting }, { speech, style }) => [
    source === 'file' ? speech.say('cli.risk-show.of-file', { file, currency }) : speech.say(`cli.risk-show.${source}`, { currency }),
    ...alignRows([...values, { path: 'hours.windowsUtc', value: windowsUtc }].map(({ path, value }) => [path, value])),
    ...waiting.map(({ path, old, new: next }) => style.bad(speech.say('cli.risk-show.waiting', { path, old, new: next }))),
  ],
})

function ofFile(context: CommandContext, argument: string): Outcome<Shown> {
  const { speech } = context
  const file = shortened(argument)
  const read = readPolicyFile(argument, context)
  if (!read.ok) return refuse(badInput('cli.risk-unreadable', speech.say('cli.risk-check.unreadable', { file, detail: read.error })))
  if (read.value.ok) return done(shown('file', file, read.value.policy))
  const [first] = read.value.problems.map((problem) => sayProblem(speech, problem))
  const { line = 0, column = 0, reason = '' } = first ?? {}
  return refuse(badInput('cli.risk-faulty', speech.say('cli.risk-show.faulty', { file, line, column, reason })))
}

/** As the files of the profile say it, with an engine or without one: an engine writes down what it keeps to. */
async function ofProfile({ profile }: CommandContext): Promise<Outcome<Shown>> {
  const { inForcePath, lookAtPolicy, riskPolicyPath } = await loadStore()
  const [kept, asked] = [await lookAtPolicy(inForcePath(profile.folder)), await lookAtPolicy(riskPolicyPath(profile.folder))]
  const policy = kept.read.ok ? kept.read.policy : standardPolicyIn(asked.read.ok ? asked.read.policy.currency : usualCurrency)
  const waiting = asked.read.ok ? changesBetween(policy, asked.read.policy) : []
  return done({ ...shown(kept.read.ok ? 'in-force' : 'standard', 'risk_policy.yaml', policy), waiting: [...waiting] })
}

function shown(source: Shown['source'], file: string, { currency, values, instruments, windows }: RiskPolicy): Shown {
  const own = [...instruments].flatMap(([instrument, rules]) => instrumentValueNames.flatMap((name) => {
    const quantity = rules[name]
    return quantity === undefined ? [] : [{ path: `instruments.${instrument}.${name}`, value: printQuantity(policyValues[instrumentValues[name]].kind, quantity) }]
  }))
  return {
    source, file, currency,
    values: [...policyPaths.map((path) => ({ path, value: printQuantity(policyValues[path].kind, values[path]) })), ...own],
    windowsUtc: windowsText(windows),
    waiting: [],
  }
}
