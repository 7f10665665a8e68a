import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { themeShown } from '../../../../src-renderer/theme/apply-looks.ts'

const css = readFileSync(join(import.meta.dirname, '../../../../src-renderer/theme/tokens.css'), 'utf8')

/** The colours of one rule of the tokens' file. */
function coloursOf(selector: string): Readonly<Record<string, string>> {
  const start = css.indexOf(`${selector} {`)
  if (start < 0) throw new Error(`no rule ${selector}`)
  const rule = css.slice(start, css.indexOf('\n}', start))
  return Object.fromEntries([...rule.matchAll(/--([\w-]+): (#[0-9a-f]{6})/g)].map(([, name = '', colour = '']) => [name, colour]))
}

const dark = coloursOf(`:root,\n[data-theme='dark']`)
const light = coloursOf(`[data-theme='light']`)
const looks = {
  dark,
  light,
  'dark, colour-blind': { ...dark, ...coloursOf(`[data-palette='cb']`) },
  'light, colour-blind': { ...light, ...coloursOf(`[data-theme='light'][data-palette='cb']`) },
}

const channel = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => channel(parseInt(colour.slice(at, at + 2), 16) / 255))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
/** The contrast of WCAG 2. */
function contrast(one: string, other: string): number {
  const [bright = 0, dim = 0] = [luminance(one), luminance(other)].toSorted((left, right) => right - left)
  return (bright + 0.05) / (dim + 0.05)
}

const pairs: readonly (readonly [string, string, number])[] = [
  ...['ink-1', 'ink-2', 'ink-3', 'buy', 'sell', 'attn', 'danger'].flatMap((ink) =>
    ['bg-1', 'bg-2', 'bg-3'].map((ground) => [ink, ground, 4.5] as const)),
  ...['demo', 'paper', 'testnet'].map((mode) => [mode, 'bg-1', 4.5] as const),
  ['live', 'bg-1', 3], ['mode-ink', 'live', 4.5], ['danger-ink', 'danger-fill', 4.5], ['danger-fill', 'bg-1', 3],
  ['attn-ink', 'attn-fill', 4.5], ['ink-inverse', 'ink-1', 4.5], ['ink-inverse', 'buy', 4.5], ['ink-inverse', 'sell', 4.5],
  ['line-3', 'bg-1', 3],
  ...['series-1', 'series-2', 'series-3', 'series-4'].map((series) => [series, 'bg-1', 3] as const),
]

describe.each(Object.entries(looks))('the colours of %s', (_name, colours) => {
  it.each(pairs)('keep %s on %s at %d to 1 or more', (ink, ground, least) => {
    const [inkColour, groundColour] = [colours[ink], colours[ground]]
    if (inkColour === undefined || groundColour === undefined) throw new Error(`no ${ink} or ${ground}`)
    expect(contrast(inkColour, groundColour)).toBeGreaterThanOrEqual(least)
  })
})

describe('the theme', () => {
  it('is the system’s only where that was chosen', () => {
    expect(themeShown('system', true)).toBe('light')
    expect(themeShown('system', false)).toBe('dark')
    expect(themeShown('dark', true)).toBe('dark')
    expect(themeShown('light', false)).toBe('light')
  })
})
