import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { barKinds, scaleKinds } from '../../../../src-renderer/charts/chart-looks.ts'
import { studyIds } from '../../../../src-renderer/charts/studies/study-list.ts'
import { timeframes } from '../../../../src-renderer/charts/timeframes.ts'
import { countdownText } from '../../../../src-renderer/panels/chart/countdown-text.ts'
import { timeOfDateText } from '../../../../src-renderer/panels/chart/date-field.ts'
import {
  changeChart, chartSettings, firstChartSettings, parseChartSettings, printChartSettings, type ChartSettings,
} from '../../../../src-renderer/stores/chart-settings.ts'
import {
  chooseLinkedInstrument, linkColours, linkedInstrument, offerLinkedInstrument, parseLinks, printLinks,
} from '../../../../src-renderer/stores/linked-symbol.ts'

const instrument = fc.constantFrom('BTC/USD', 'ETH-PERP', 'X')
const settings: fc.Arbitrary<ChartSettings> = fc.record({
  link: fc.option(fc.constantFrom(...linkColours), { nil: undefined }),
  instrument: fc.option(instrument, { nil: undefined }),
  timeframe: fc.constantFrom(...timeframes),
  kind: fc.constantFrom(...barKinds),
  scale: fc.constantFrom(...scaleKinds),
  studies: fc.subarray([...studyIds]),
  hasVolume: fc.boolean(),
  compared: fc.option(instrument, { nil: undefined }),
})

describe('a chart’s settings', () => {
  it('come back from the browser’s memory as they were', () => {
    fc.assert(fc.property(settings, (chosen) => {
      expect(parseChartSettings(JSON.parse(printChartSettings(chosen)))).toEqual(chosen)
    }))
  })

  it('are never taken from what is none of ours', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => {
      expect(parseChartSettings(json)).toBeUndefined()
    }))
    const kept = { version: 1, ...firstChartSettings }
    expect(parseChartSettings({ ...kept, timeframe: '7m' })).toBeUndefined()
    expect(parseChartSettings({ ...kept, studies: ['ema-20', 'moon'], link: 'pink', compared: '<b>' })).toEqual({ ...firstChartSettings, studies: ['ema-20'], link: undefined })
  })

  it('belong to one panel', () => {
    changeChart('chart-8', { timeframe: '4h' })
    expect(chartSettings('chart-8').timeframe).toBe('4h')
    expect(chartSettings('chart-9')).toEqual(firstChartSettings)
  })
})

describe('linked colours', () => {
  it('share an instrument, and an offer takes nothing away', () => {
    offerLinkedInstrument('sand', 'BTC/USD')
    offerLinkedInstrument('sand', 'ETH/USD')
    expect(linkedInstrument('sand')).toBe('BTC/USD')
    chooseLinkedInstrument('sand', 'ETH/USD')
    expect([linkedInstrument('sand'), linkedInstrument('teal')]).toEqual(['ETH/USD', undefined])
  })

  it('come back as they were, without what is no instrument’s name', () => {
    expect(parseLinks(JSON.parse(printLinks({ blue: 'BTC/USD', teal: 'ETH-PERP' })))).toEqual({ blue: 'BTC/USD', teal: 'ETH-PERP' })
    expect(parseLinks({ version: 1, links: { blue: 'btc', pink: 'BTC/USD', sand: 7 } })).toEqual({})
    fc.assert(fc.property(fc.jsonValue(), (json) => {
      expect(parseLinks(json)).toBeUndefined()
    }))
  })
})

describe('times at a chart', () => {
  it('count down to the end of the bar, and stop at nothing', () => {
    expect([173_000, 172_001, 3_773_000, 0, -5, 86_400_000, undefined].map(countdownText)).toEqual(['02:53', '02:53', '1:02:53', '00:00', '00:00', '', ''])
  })

  it('are read from what is typed, in UTC, and only if there is such a time', () => {
    expect(timeOfDateText('2026-03-12 14:30')).toBe(Date.UTC(2026, 2, 12, 14, 30))
    expect(timeOfDateText(' 2026-03-12 ')).toBe(Date.UTC(2026, 2, 12))
    for (const typed of ['2026-04-31', '2026-13-01', '2026-03-12 24:00', '12.3.2026', 'yesterday', '']) expect(timeOfDateText(typed)).toBeUndefined()
  })
})
