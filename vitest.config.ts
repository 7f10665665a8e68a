import { defineConfig } from 'vitest/config'

/** Where money could be lost the gates are higher. */
const core = { lines: 95, branches: 90, functions: 95, statements: 95 }
const rest = { lines: 80, branches: 80, functions: 80, statements: 80 }

export default defineConfig({
  test: {
    include: ['test/{unit,property,contract,integration,arch,packaging}/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 120_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src-main/**/*.ts', 'src-preload/contract/**/*.ts'],
      // What runs only inside Electron or as a program of its own is measured where it runs.
      exclude: ['src-main/shell/{app,window,assets,engine-host,host-process,power,menu,tray,verbs,smoke}.ts', 'src-main/{index,engine-child,host-child,ballast}.ts'],
      reporter: ['text-summary', 'json-summary', 'json'],
      reportsDirectory: 'coverage',
      thresholds: {
        ...rest,
        ...Object.fromEntries(
          ['base', 'domain', 'engine', 'risk', 'reconcile', 'runtime'].map((layer) => [`src-main/${layer}/**/*.ts`, core]),
        ),
      },
    },
  },
})
