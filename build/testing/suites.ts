import { join } from 'node:path'

/** The suites of a tier, in the order in which they run: the quick ones that find most come first. */
export interface Suite {
  readonly name: string
  readonly command: readonly string[]
  /** More than this is said aloud, because the tier has to stay short as the project grows; twice as much is a hang. */
  readonly budgetSeconds: number
  /** Where its report is, if it counts its tests. */
  readonly report?: { readonly kind: 'vitest' | 'playwright'; readonly path: string }
  readonly env?: Readonly<Record<string, string>>
}

const root = join(import.meta.dirname, '../..')
const node = process.execPath
const bin = (name: string): string => `node_modules/.bin/${name}${process.platform === 'win32' ? '.cmd' : ''}`

const playwright = (name: string, config: string, budgetSeconds: number): Suite => ({
  name,
  command: [node, 'node_modules/playwright/cli.js', 'test', '-c', config, '--reporter=./build/testing/terse-reporter.ts,json'],
  budgetSeconds,
  report: { kind: 'playwright', path: `test-results/${name}.json` },
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: `test-results/${name}.json` },
})

/** Most of a short program's time is the compiling of its sources, and the tests start hundreds of them. */
const compiledOnce = { NODE_COMPILE_CACHE: join(root, 'test-results/compile-cache') }

/** Counts what ran in whole programs and pages. It rules out the cache, and a third more time is too much for every day. */
const counted = {
  NODE_V8_COVERAGE: join(root, 'test-results/coverage/processes'),
  BALLAST_PAGE_COVERAGE: 'test-results/coverage/pages',
}

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
})

const partFolders = ['test/arch', 'test/unit', 'test/property', 'test/contract']
const programFolders = ['test/integration', 'test/deep']

/** Whole programs that are killed and started many times: each has a quicker test beside it, and all run in the full tier. */
const onlyDeep = [
  'test/integration/bookkeeping/catching-up.test.ts',
  'test/integration/bookkeeping/office-passphrase.test.ts',
  'test/integration/books/faults.test.ts',
  'test/integration/books/interrupted.test.ts',
  'test/integration/store/vault-keychain.test.ts',
  'test/integration/store/backup.test.ts',
  'test/integration/store/backup-restored.test.ts',
  'test/deep/books-kill-storm.test.ts',
  'test/deep/paper-month.test.ts',
]

/** Fits of simulated series, half a minute of them: what the same functions must answer for known figures is among the unit tests. */
const onlyDeepParts = ['test/property/quant/statistics-fits.test.ts']

const excluded = (files: readonly string[]): readonly string[] => files.map((file) => `--exclude=${file}`)

const withEnv = (suite: Suite, env: Readonly<Record<string, string>>): Suite => ({ ...suite, env: { ...suite.env, ...env } })

const windows: readonly Suite[] = [
  playwright('screen', 'test/e2e/playwright.config.ts', 170),
  playwright('shell', 'test/e2e-shell/playwright.config.ts', 100),
  playwright('standin', 'test/standin/playwright.config.ts', 40),
  playwright('visual', 'test/visual/playwright.config.ts', 60),
]

const packaging = vitest('packaging', ['test/packaging'], 40)

const fast: readonly Suite[] = [
  ...checks,
  // Functions and parts leave nothing behind: one process can run many files and load the sources once. Lines are counted in the full tier: it costs a third more.
  vitest('code', partFolders, 180, ['--no-isolate', ...excluded(onlyDeepParts)]),
  // Whole engines and programs mostly wait: one more than there are cores at a time.
  vitest('programs', programFolders, 120, ['--maxWorkers=3', ...excluded(onlyDeep)]),
  packaging,
  ...windows,
].map((suite) => withEnv(suite, compiledOnce))

/** The same, each looking much harder and counting every line that ran anywhere, and what would be too long for every day. */
const deep: readonly Suite[] = [
  ...checks,
  withEnv(vitest('code', [...partFolders, ...programFolders], 2_400, ['--coverage']), { BALLAST_PROCESS_COVERAGE: counted.NODE_V8_COVERAGE }),
  packaging,
  ...windows.map((suite) => withEnv({ ...suite, budgetSeconds: suite.budgetSeconds * 6 }, counted)),
  { name: 'coverage', command: [node, 'build/scripts/check-coverage.ts'], budgetSeconds: 120 },
  { name: 'bench', command: [node, 'build/scripts/bench.ts', '--check'], budgetSeconds: 300 },
].map((suite) => withEnv(suite, { BALLAST_DEEP: '1' }))

export const tiers = { fast, deep } as const satisfies Record<string, readonly Suite[]>
export type Tier = keyof typeof tiers
