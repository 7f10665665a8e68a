import { create } from 'zustand'
import type { TimeframeName } from '../../src-preload/contract/index.ts'
import { barKinds, scaleKinds, type BarKind, type ScaleKind } from '../charts/chart-looks.ts'
import { studyIds, type StudyId } from '../charts/studies/study-list.ts'
import { timeframes } from '../charts/timeframes.ts'
import { isRecord, keep, keptPlaceOf, readKept, type KeptPlace } from './kept-text.ts'
import { isInstrumentId, linkColours, type LinkColour } from './linked-symbol.ts'

/** What one chart shows. Its instrument is its own only while it is not linked. */
export interface ChartSettings {
  readonly link: LinkColour | undefined
  readonly instrument: string | undefined
  readonly timeframe: TimeframeName
  readonly kind: BarKind
  readonly scale: ScaleKind
  readonly studies: readonly StudyId[]
  readonly hasVolume: boolean
  readonly compared: string | undefined
}

export const firstChartSettings: ChartSettings = {
  link: 'blue', instrument: undefined, timeframe: '1m', kind: 'candles', scale: 'linear', studies: ['ema-20', 'ema-50'],
  hasVolume: true, compared: undefined,
}

/** Charts that lie beside one another show one instrument near and far, until somebody wants it otherwise. */
const firstTimeframes: Readonly<Record<string, TimeframeName>> = { 'chart-3': '5m', 'chart-4': '1h', 'chart-5': '1d' }

export const firstSettingsOf = (panel: string): ChartSettings => ({
  ...firstChartSettings,
  timeframe: firstTimeframes[panel] ?? firstChartSettings.timeframe,
})

export const chartSettingsKey = (panel: string): string => `ballast.chart.${panel}`
const version = 1

export const printChartSettings = (settings: ChartSettings): string => JSON.stringify({ version, ...settings })

/** Checked by hand: what lies in the browser may be from another version, or from a person. */
export function parseChartSettings(json: unknown): ChartSettings | undefined {
  if (!isRecord(json) || json['version'] !== version || !Array.isArray(json['studies'])) return undefined
  const named: readonly unknown[] = json['studies']
  const timeframe = timeframes.find((each) => each === json['timeframe'])
  const kind = barKinds.find((each) => each === json['kind'])
  const scale = scaleKinds.find((each) => each === json['scale'])
  if (timeframe === undefined || kind === undefined || scale === undefined) return undefined
  return {
    timeframe, kind, scale,
    link: linkColours.find((each) => each === json['link']),
    instrument: isInstrumentId(json['instrument']) ? json['instrument'] : undefined,
    compared: isInstrumentId(json['compared']) ? json['compared'] : undefined,
    studies: studyIds.filter((id) => named.includes(id)),
    hasVolume: json['hasVolume'] !== false,
  }
}

interface ChartSettingsFacts {
  readonly byPanel: Readonly<Record<string, ChartSettings>>
}

const place: KeptPlace = keptPlaceOf(() => localStorage)

const useAll = create<ChartSettingsFacts>()(() => ({ byPanel: {} }))

/** Read from the browser's memory when a panel is first drawn. */
const read = new Map<string, ChartSettings>()

const keptSettings = (panel: string): ChartSettings => {
  const known = read.get(panel)
  if (known !== undefined) return known
  const settings = readKept(place, chartSettingsKey(panel), parseChartSettings) ?? firstSettingsOf(panel)
  read.set(panel, settings)
  return settings
}

export const chartSettings = (panel: string): ChartSettings => useAll.getState().byPanel[panel] ?? keptSettings(panel)

export const useChartSettings = (panel: string): ChartSettings => useAll(({ byPanel }) => byPanel[panel] ?? keptSettings(panel))

export function changeChart(panel: string, change: Partial<ChartSettings>): void {
  const settings = { ...chartSettings(panel), ...change }
  useAll.setState(({ byPanel }) => ({ byPanel: { ...byPanel, [panel]: settings } }))
  keep(place, chartSettingsKey(panel), printChartSettings(settings))
}

const keyPrefix = chartSettingsKey('')

/** From another window. Of a chart that was not drawn here yet nothing needs to be told: it is read then. */
export function takeKeptChart(key: string, json: unknown): boolean {
  if (!key.startsWith(keyPrefix)) return false
  const panel = key.slice(keyPrefix.length)
  const settings = parseChartSettings(json)
  if (settings !== undefined && (read.has(panel) || useAll.getState().byPanel[panel] !== undefined)) {
    useAll.setState(({ byPanel }) => ({ byPanel: { ...byPanel, [panel]: settings } }))
  }
  return true
}
