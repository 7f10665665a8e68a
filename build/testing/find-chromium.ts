import { existsSync } from 'node:fs'
import { chromium } from 'playwright'

const places: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The browser that the tests drive: the one that is named, one of the system's, or Playwright's own. */
export function findChromium(): string | undefined {
  const named = process.env['BALLAST_CHROMIUM']
  if (named !== undefined) return existsSync(named) ? named : undefined
  return [...places, chromium.executablePath()].find((path) => existsSync(path))
}

const quiet = [
  '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

/** Chromium refuses its sandbox to root; anybody else keeps it. */
export const chromiumArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox', ...quiet] : quiet
