/** What the theme's tokens say at this moment, for canvases that cannot read them themselves. */
export interface ChartColours {
  readonly ground: string
  readonly line: string
  readonly strongLine: string
  readonly edge: string
  readonly ink: string
  readonly softInk: string
  readonly labelGround: string
  readonly inverse: string
  readonly up: string
  readonly down: string
  readonly attention: string
  readonly series: readonly [string, string, string, string, string]
  readonly font: string
}

export function readChartColours(element: Element): ChartColours {
  const style = getComputedStyle(element)
  const token = (name: string): string => style.getPropertyValue(name).trim()
  return {
    ground: token('--bg-1'), line: token('--line-1'), strongLine: token('--line-2'), edge: token('--line-3'),
    ink: token('--ink-1'), softInk: token('--ink-3'), labelGround: token('--bg-4'), inverse: token('--ink-inverse'),
    up: token('--buy'), down: token('--sell'), attention: token('--attn'),
    series: [token('--series-1'), token('--series-2'), token('--series-3'), token('--series-4'), token('--series-5')],
    font: token('--font-ui'),
  }
}

/** The same colour, so much of it: `#38c193` at 0.3 is `#38c1934d`. Tokens that are drawn with are six digits. */
export const faded = (colour: string, share: number): string =>
  /^#[0-9a-f]{6}$/i.test(colour) ? `${colour}${Math.round(share * 255).toString(16).padStart(2, '0')}` : colour
