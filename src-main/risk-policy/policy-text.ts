import { printQuantity } from './policy-kinds.ts'
import {
  instrumentValueNames, instrumentValues, policyGroups, policyPaths, policyValues, type InstrumentRules, type PolicyGroup,
} from './policy-values.ts'
import { standardCurrency, standardPolicyIn, type RiskPolicy } from './risk-policy.ts'
import { always, areSameWindows, printWindows, type TradingWindows } from './trading-windows.ts'

export const policySchemaName = 'risk_policy.schema.json'

/** The file as it is made the first time: every limit is there, with what it is for. */
export const standardPolicyText = (currency: string = standardCurrency): string => policyText(standardPolicyIn(currency))

/** A policy as a file with comments; read again, it says the same. */
export function policyText({ currency, values, instruments, windows }: RiskPolicy): string {
  const groups = groupNames.flatMap((group) => [
    '', `# ${policyGroups[group]}`, `${group}:`,
    ...policyPaths.filter((path) => path.startsWith(`${group}.`)).flatMap((path) => [
      `  # ${policyValues[path].description}`, `  ${path.slice(group.length + 1)}: ${printQuantity(policyValues[path].kind, values[path])}`,
    ]),
  ])
  const lines = [
    ...head, '', '# The form of this file.', 'version: 1', '# What all amounts are in: the currency in which the profile reports.', `currency: ${currency}`,
    ...groups, ...instrumentLines(instruments), ...hourLines(windows),
  ]
  return `${lines.join('\n')}\n`
}

/** Where they are needed, the program's own list of groups is the order of the file. */
const groupNames = Object.keys(policyGroups) as readonly PolicyGroup[]

const head: readonly string[] = [
  `# yaml-language-server: $schema=./${policySchemaName}`,
  '# What this profile may risk. What is made tighter here holds as soon as the file is saved; what is made looser waits until you approve it.',
  '# As long as something in the file is wrong, the policy from before stays in force. A limit that is left out is the standard one.',
]

function instrumentLines(instruments: RiskPolicy['instruments']): readonly string[] {
  const heading = ['', '# What is said for one instrument stands in place of the same limit for all.']
  if (instruments.size === 0) {
    return [...heading, ...instrumentsExample.map((line) => `# ${line}`)]
  }
  return [...heading, 'instruments:', ...[...instruments].flatMap(([instrument, rules]) => [`  '${instrument}':`, ...ruleLines(rules)])]
}

const instrumentsExample: readonly string[] = ['instruments:', '  BTC-USD:', '    notionalMax: 2000', '    priceBandMax: 1 %', '    openMax: 10', '    exposureMax: 3000']

const ruleLines = (rules: InstrumentRules): readonly string[] =>
  instrumentValueNames.flatMap((name) => {
    const quantity = rules[name]
    return quantity === undefined ? [] : [`    ${name}: ${printQuantity(policyValues[instrumentValues[name]].kind, quantity)}`]
  })

const hourLines = (windows: TradingWindows): readonly string[] => [
  '', '# When new risk may be taken. What lowers a risk may always be sent.', 'hours:',
  '  # always, never, or a list of windows in UTC such as [mon-fri 07:00-21:00, daily 22:00-02:00].', ...windowLines(windows),
]

function windowLines(windows: TradingWindows): readonly string[] {
  if (windows.length === 0) return ['  windowsUtc: never']
  if (areSameWindows(windows, always)) return ['  windowsUtc: always']
  return ['  windowsUtc:', ...printWindows(windows).map((window) => `    - ${window}`)]
}
