import { defineConfig } from 'playwright/test'
import { chromiumArguments, findChromium } from '../../build/testing/find-chromium.ts'

const executablePath = findChromium()
/** Then every line is counted and every step is traced, which takes its time. */
const isDeep = process.env['BALLAST_DEEP'] !== undefined

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/screen',
  timeout: isDeep ? 60_000 : 30_000,
  expect: { timeout: isDeep ? 10_000 : 5_000 },
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  ...(isDeep ? {} : { grepInvert: /@full/ }),
  use: {
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...chromiumArguments] },
    viewport: { width: 1440, height: 900 },
    trace: isDeep ? 'retain-on-failure' : 'off',
  },
})
