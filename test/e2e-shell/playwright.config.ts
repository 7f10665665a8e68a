import { defineConfig } from 'playwright/test'

/** The built app as a whole, on the stand-in or (REAL_ELECTRON=1) on Electron itself. Wants `npm run build` first. */
export default defineConfig({
  testDir: '.',
  testIgnore: '**/standin-self/**',
  outputDir: '../../test-results/shell',
  timeout: 45_000,
  expect: { timeout: 10_000 },
  retries: 0,
  // Each test is a desktop of its own, with its own folder and port, and mostly waits; the real Electron wants the screen for itself.
  workers: process.env['REAL_ELECTRON'] === undefined ? 2 : 1,
  forbidOnly: true,
  ...(process.env['BALLAST_DEEP'] === undefined ? { grepInvert: /@full/ } : {}),
  use: { trace: process.env['BALLAST_DEEP'] === undefined ? 'off' : 'retain-on-failure' },
})
