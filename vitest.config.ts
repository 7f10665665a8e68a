import { defineConfig } from 'vitest/config'

/** Where money could be lost the gates are higher. */
const core = { lines: 95, branches: 90, functions: 95, statements: 95 }

export default defineConfig({
  test: {
    include: ['test/{unit,property,contract,integration,arch,packaging,deep}/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src-main/**/*.ts', 'src-preload/**/*.ts'],
      reporter: ['text-summary', 'json'],
      reportsDirectory: 'coverage',
      // The other layers' gate is held over whole programs too: build/scripts/check-coverage.ts.
      thresholds: {
        ...Object.fromEntries(
          ['base', 'domain', 'engine', 'risk', 'reconcile', 'runtime'].map((layer) => [`src-main/${layer}/**/*.ts`, core]),
        ),
      },
    },
  },
})
