import { existsSync } from 'node:fs'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser that draws the windows: BALLAST_CHROMIUM, or the first of the usual places. */
export function findChromium(): string {
  const named = process.env['BALLAST_CHROMIUM']
  const places = named === undefined ? usualPlaces : [named]
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`no Chromium at ${places.join(', ')}: set BALLAST_CHROMIUM`)
  return found
}
