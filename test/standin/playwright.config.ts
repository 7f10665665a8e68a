import { defineConfig } from 'playwright/test'

/** The stand-in's own test. The app's specs have a configuration of their own and run on the stand-in or on the real Electron. */
export default defineConfig({
  testDir: '../e2e-shell/standin-self',
  outputDir: '../../test-results/standin',
  fullyParallel: true,
  workers: 2,
  timeout: 15_000,
  expect: { timeout: 5_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: 'list',
})
