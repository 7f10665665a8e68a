import { tiers, type Suite, type Tier } from './suites.ts'

/** What a person asks of `npm test`: suites, what explains them, or a sentence that says what was wrong. */
export type TestWish =
  | { readonly kind: 'run'; readonly suites: readonly Suite[] }
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string }

const nameList = (tier: Tier): string => tiers[tier].map(({ name }) => name).join(', ')

const helpText = (): string => `npm test -- [SUITE ...]           the fast tier, or some suites of it
npm run test:deep -- [SUITE ...]  the full tier: each suite looks harder, and every line that ran is counted

Suites of the fast tier: ${nameList('fast')}
Suites of the full tier: ${nameList('deep')}

Flags
  --deep  the full tier
  --help  this text

Exit codes: 0 all passed, 1 something failed, 2 bad input and nothing was run`

export function parseTestWish(args: readonly string[]): TestWish {
  if (args.includes('--help') || args.includes('-h')) return { kind: 'help', text: helpText() }
  const flag = args.find((argument) => argument.startsWith('-') && argument !== '--deep')
  if (flag !== undefined) return { kind: 'wrong', sentence: `There is no flag ${flag}. There are: --deep, --help.` }
  const tier: Tier = args.includes('--deep') ? 'deep' : 'fast'
  const names = args.filter((argument) => argument !== '--deep')
  const known = new Set(tiers[tier].map(({ name }) => name))
  const unknown = names.filter((name) => !known.has(name))
  if (unknown.length > 0) return { kind: 'wrong', sentence: `There is no suite called ${unknown.join(', ')}. There are: ${nameList(tier)}.` }
  return { kind: 'run', suites: tiers[tier].filter(({ name }) => names.length === 0 || names.includes(name)) }
}
