import { indicators, type QuantEntry, type QuantOutputs } from '../../src-main/quant/index.ts'
import type { QuantExample } from './quant-reference-example.ts'

/** Twice as large as it is shown, so that whole numbers are exact enough: they keep the files small. */
const width = 1280
const barWidth = 11
const shownBars = 106
const colours = ['#0b63ce', '#c2410c', '#15803d', '#7e22ce', '#be185d', '#0f766e', '#854d0e', '#1e293b'] as const
const left = 12
const right = 108

type Values = readonly (number | null)[]
interface Line {
  readonly name: string
  readonly colour: string
  readonly values: Values
}

/** A light picture of a few thousand characters: the last bars of the price, and the indicator over or under it. */
export function quantPicture({ name: indicator, title, outputs }: QuantEntry, example: QuantExample): string | undefined {
  const price: Line = { name: 'price', colour: '#94a3b8', values: example.close.slice(-shownBars) }
  const lines = outputs.flatMap(({ name }, index): readonly Line[] => {
    const values = valuesOf(example.outputs, name)
    return values === undefined ? [] : [{ name, colour: colours[index % colours.length] ?? colours[0], values }]
  })
  if (lines.length === 0) return undefined
  const isOverlay = indicators.findIndicator(indicator)?.pane === 'overlay'
  const overlays = isOverlay ? lines.filter(({ values }) => isNear(values, price.values)) : []
  const own = lines.filter((line) => !overlays.includes(line))
  const upper = pane([price, ...overlays], 48, own.length === 0 ? 352 : 184)
  const lower = own.length === 0 ? [] : pane(own, 300, 172)
  const height = own.length === 0 ? 420 : 492
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif" font-size="22">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    ...legend([price, ...overlays], 30),
    ...upper,
    ...(own.length === 0 ? [] : legend(own, 282)),
    ...lower,
    '</svg>',
    '',
  ].join('\n')
}

function valuesOf(outputs: QuantOutputs, name: string): Values | undefined {
  const values = outputs[name]
  if (!Array.isArray(values)) return undefined
  const shown = values.slice(-shownBars).map((value: unknown) => (typeof value === 'number' ? value : null))
  return shown.some((value) => value !== null) ? shown : undefined
}

/** An output of an overlay may be no price, for example the direction of a trend. */
function isNear(values: Values, price: Values): boolean {
  const [low, high] = rangeOf([price])
  const room = high - low
  const known = values.filter((value) => value !== null)
  return known.filter((value) => value >= low - room && value <= high + room).length > 0.9 * known.length
}

function pane(lines: readonly Line[], top: number, height: number): readonly string[] {
  const [low, high] = rangeOf(lines.map(({ values }) => values))
  const y = (value: number): number => Math.round(top + height - ((value - low) / (high - low || 1)) * height)
  const marks = [low, (low + high) / 2, high]
  return [
    ...marks.flatMap((mark) => [
      `<path d="M${left} ${y(mark)}H${width - right}" stroke="#e2e8f0" stroke-width="2"/>`,
      `<text x="${width - right + 8}" y="${y(mark) + 8}" fill="#475569">${figure(mark)}</text>`,
    ]),
    ...lines.map(({ values, colour }) => `<path d="${pathOf(values, y)}" fill="none" stroke="${colour}" stroke-width="2.6"/>`),
  ]
}

/** The pen is lifted where there is no value. */
function pathOf(values: Values, y: (value: number) => number): string {
  let before: number | undefined
  return values
    .map((value, bar) => {
      const last = before
      before = value === null ? undefined : y(value)
      if (before === undefined) return ''
      const down = before - (last ?? 0)
      return last === undefined ? `M${left + bar * barWidth} ${before}` : `l${barWidth}${down < 0 ? '' : ' '}${down}`
    })
    .join('')
}

function legend(lines: readonly Line[], y: number): readonly string[] {
  let x = left
  return lines.map(({ name, colour }) => {
    const text = `<text x="${x}" y="${y}" fill="${colour === '#94a3b8' ? '#64748b' : colour}">${escaped(name)}</text>`
    x += 13 * name.length + 28
    return text
  })
}

function rangeOf(all: readonly Values[]): readonly [low: number, high: number] {
  const known = all.flat().filter((value) => value !== null)
  return [Math.min(...known), Math.max(...known)]
}

const figure = (value: number): string => (Math.abs(value) >= 10_000 ? `${Math.round(value / 1_000)}k` : String(
  Number(value.toPrecision(3)),
))
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
