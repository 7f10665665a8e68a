import { join } from 'node:path'

/** The suites of a tier, in the order in which they run: the quick ones that find most come first. */
export interface Suite {
  readonly name: string
  readonly command: readonly string[]
  /** More than this fails the suite: the tier has to stay short as the project grows. */
  readonly budgetSeconds: number
  /** Where its report is, if it counts its tests. */
  readonly report?: { readonly kind: 'vitest' | 'playwright'; readonly path: string }
  readonly env?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '../..')
const node = process.execPath
const bin = (name: string): string => `node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`

const playwright = (name: string, config: string, budgetSeconds: number, extra: readonly string[] = []): Suite => ({
  name,
  command: [node, 'node_modules/playwright/cli.js', 'test', '-c', config, '--reporter=./build/testing/terse-reporter.ts,json', ...extra],
  budgetSeconds,
  report: { kind: 'playwright', path: `test-results/${name}.json` },
  env: {
    PLAYWRIGHT_JSON_OUTPUT_FILE: `test-results/${name}.json`,
    NODE_V8_COVERAGE: join(root, 'test-results/coverage/processes'),
    BALLAST_PAGE_COVERAGE: 'test-results/coverage/pages',
  },
})

const checks: readonly Suite[] = [
  { name: 'types', command: [bin('tsc'), '-b'], budgetSeconds: 60 },
  { name: 'lint', command: [bin('oxlint'), '--deny-warnings'], budgetSeconds: 20 },
  { name: 'docs', command: [node, 'build/scripts/check-docs.ts'], budgetSeconds: 20 },
  { name: 'build', command: [node, 'build/scripts/build.ts'], budgetSeconds: 60 },
]

const vitest = (name: string, folders: readonly string[], budgetSeconds: number, extra: readonly string[] = []): Suite => ({
  name,
  command: [bin('vitest'), 'run', ...folders, '--reporter=dot', '--reporter=json', `--outputFile.json=test-results/${name}.json`, ...extra],
  budgetSeconds,
  report: { kind: 'vitest', path: `test-results/${name}.json` },
  // For the processes that tests start: those of Vitest itself run transformed code.
  env: { BALLAST_PROCESS_COVERAGE: join(root, 'test-results/coverage/processes') },
})

const codeFolders = ['test/arch', 'test/unit', 'test/property', 'test/contract', 'test/integration', 'test/deep']

/** Whole programs that are killed and started many times: each has a quicker test beside it, and all run in the full tier. */
const onlyDeep = [
  'test/integration/books/interrupted.test.ts',
  'test/integration/store/vault-keychain.test.ts',
  'test/integration/store/backup.test.ts',
  'test/deep/books-kill-storm.test.ts',
]

const code = (budgetSeconds: number, left: readonly string[]): Suite =>
  vitest('code', codeFolders, budgetSeconds, ['--coverage', ...left.map((file) => `--exclude=${file}`)])

const fast: readonly Suite[] = [
  ...checks,
  code(300, onlyDeep),
  vitest('packaging', ['test/packaging'], 90),
  playwright('screen', 'test/e2e/playwright.config.ts', 240),
  playwright('shell', 'test/e2e-shell/playwright.config.ts', 150),
  playwright('standin', 'test/standin/playwright.config.ts', 60),
  playwright('visual', 'test/visual/playwright.config.ts', 120),
  { name: 'coverage', command: [node, 'build/scripts/check-coverage.ts'], budgetSeconds: 30 },
]

/** The same, each looking much harder, and what would be too long for every day. */
const deep: readonly Suite[] = [
  ...fast.map((suite) => (suite.name === 'code' ? code(suite.budgetSeconds, []) : suite)).map((suite) => ({ ...suite, budgetSeconds: suite.budgetSeconds * 6, env: { ...suite.env, BALLAST_DEEP: '1' } })),
  { name: 'bench', command: [node, 'build/scripts/bench.ts', '--check'], budgetSeconds: 300 },
]

export const tiers = { fast, deep } as const satisfies Record<string, readonly Suite[]>
export type Tier = keyof typeof tiers
