import { defineConfig } from 'playwright/test'
import { chromiumArguments, findChromium } from '../../build/testing/find-chromium.ts'

const executablePath = findChromium()

/** What the screen looks like, checked by code and against kept pictures. `--update-snapshots` takes the pictures anew. */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results/visual',
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  timeout: 60_000,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  ...(process.env['BALLAST_DEEP'] === undefined ? { grepInvert: /@full/ } : {}),
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: 'disabled', caret: 'hide' } },
  use: {
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args: [...chromiumArguments] },
    trace: process.env['BALLAST_DEEP'] === undefined ? 'off' : 'retain-on-failure',
  },
})
