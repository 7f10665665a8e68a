import { defineConfig } from 'playwright/test'
import { chromiumArguments, findChromium } from '../../build/testing/find-chromium.ts'

const executablePath = findChromium()

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/screen',
  timeout: 30_000,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  ...(process.env['BALLAST_DEEP'] === undefined ? { grepInvert: /@full/ } : {}),
  use: {
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...chromiumArguments] },
    viewport: { width: 1440, height: 900 },
    trace: process.env['BALLAST_DEEP'] === undefined ? 'off' : 'retain-on-failure',
  },
})
