import {
  ColorType, CrosshairMode, LineStyle, PriceScaleMode, type ChartOptions, type DeepPartial, type Time,
} from 'lightweight-charts'
import type { TimeframeName } from '../../src-preload/contract/index.ts'
import { clockText, dateTextWithYear, type Locale } from '../../src-preload/contract/text/index.ts'
import { printFigure } from '../format/figure.ts'
import type { ChartColours } from './chart-colours.ts'
import type { ChartLooks } from './chart-looks.ts'
import { frameLengthMs } from './timeframes.ts'

/** The library counts in seconds; everything of ours is in milliseconds. */
export const msOfTime = (time: Time): number => Number(time) * 1_000

const tags: Readonly<Record<Locale, string>> = { en: 'en-GB', fr: 'fr-FR' }
const dayMs = 86_400_000

/** `12 Mar 2026 14:32`, with the seconds only where bars are shorter than a minute. Always UTC. */
export function barTimeText(locale: Locale, frame: TimeframeName, timeMs: number): string {
  const day = dateTextWithYear(locale, timeMs)
  const length = frameLengthMs(frame)
  if (length >= dayMs) return day
  return `${day} ${clockText(timeMs).slice(0, length < 60_000 ? 8 : 5)}`
}

/** So many bars of room to the right of the last one. */
export const edgeOffset = 9

/** What does not change with the instrument. The library's own sign is off; its licence is named in About. */
export const chartOptions = (colours: ChartColours): DeepPartial<ChartOptions> => ({
  autoSize: true,
  layout: {
    background: { type: ColorType.Solid, color: colours.ground },
    textColor: colours.softInk,
    fontSize: 10,
    fontFamily: colours.font,
    attributionLogo: false,
    panes: { separatorColor: colours.strongLine, separatorHoverColor: colours.edge, enableResize: true },
  },
  grid: { vertLines: { color: colours.line }, horzLines: { color: colours.line } },
  crosshair: {
    mode: CrosshairMode.Normal,
    vertLine: { color: colours.edge, style: LineStyle.Dashed, labelBackgroundColor: colours.labelGround },
    horzLine: { color: colours.edge, style: LineStyle.Dashed, labelBackgroundColor: colours.labelGround },
  },
  rightPriceScale: { borderColor: colours.line, scaleMargins: { top: 0.12, bottom: 0.04 } },
  timeScale: { borderColor: colours.line, minBarSpacing: 0.4, timeVisible: true },
})

/** With where a chart begins to look: told again, that would take a chart that looks at the past back to its edge. */
export const firstOptions = (colours: ChartColours): DeepPartial<ChartOptions> => {
  const options = chartOptions(colours)
  return { ...options, timeScale: { ...options.timeScale, rightOffset: edgeOffset, barSpacing: 6 } }
}

const modes = { linear: PriceScaleMode.Normal, log: PriceScaleMode.Logarithmic, percent: PriceScaleMode.Percentage } as const

export const scaleMode = ({ scale, compared }: Pick<ChartLooks, 'scale' | 'compared'>): PriceScaleMode =>
  compared === undefined ? modes[scale] : PriceScaleMode.Percentage

export const frameOptions = ({ locale, frame }: Pick<ChartLooks, 'locale' | 'frame'>): DeepPartial<ChartOptions> => ({
  localization: {
    locale: tags[locale],
    timeFormatter: (time: Time) => barTimeText(locale, frame, msOfTime(time)),
    percentageFormatter: (percent: number) => `${printFigure(locale, percent, 2)} %`,
  },
  timeScale: { secondsVisible: frameLengthMs(frame) < 60_000 },
})
