import { describe, expect, it, vi } from 'vitest'
import { emptyBook } from '../../../../src-renderer/charts/drawings/drawing-book.ts'
import { changeDrawings, drawingBook, drawingsKey, printDrawings } from '../../../../src-renderer/stores/chart-drawings.ts'
import { changeChart, chartSettings, chartSettingsKey, firstSettingsOf, printChartSettings } from '../../../../src-renderer/stores/chart-settings.ts'
import { linkedInstrument, linksKey, printLinks } from '../../../../src-renderer/stores/linked-symbol.ts'
import { followOtherWindows, takeFromOtherWindow } from '../../../../src-renderer/stores/other-windows.ts'
import { choosePanelLink, panelLinksKey, parsePanelLinks, printPanelLinks, usePanelLinks } from '../../../../src-renderer/stores/panel-links.ts'
import { choosePreferences, defaultPreferences, followPreferences, preferencesKey, printPreferences, usePreferences } from '../../../../src-renderer/stores/preferences.ts'

const level = { id: 'a', kind: 'level', anchors: [{ time: 1_000, ticks: 5 }], words: '' } as const

describe('what another window has kept', () => {
  it('is so here as well: looks, linked instruments, colours', () => {
    takeFromOtherWindow(preferencesKey, printPreferences({ ...defaultPreferences, theme: 'light', language: 'fr' }))
    expect(usePreferences.getState()).toMatchObject({ theme: 'light', language: 'fr' })
    takeFromOtherWindow(linksKey, printLinks({ blue: 'ETH/USD' }))
    expect(linkedInstrument('blue')).toBe('ETH/USD')
    takeFromOtherWindow(panelLinksKey, printPanelLinks({ tape: 'sand' }))
    expect(usePanelLinks.getState().links).toEqual({ tape: 'sand' })
  })

  it('is so for charts and drawings, and what was drawn here before cannot be taken back over it', () => {
    changeChart('chart', { timeframe: '5m' })
    takeFromOtherWindow(chartSettingsKey('chart'), printChartSettings({ ...firstSettingsOf('chart'), timeframe: '1h' }))
    expect(chartSettings('chart').timeframe).toBe('1h')
    changeDrawings('BTC/USD', () => ({ ...emptyBook, drawings: [{ ...level, id: 'mine' }] }))
    takeFromOtherWindow(drawingsKey('BTC/USD'), printDrawings([level]))
    expect(drawingBook('BTC/USD')).toEqual({ drawings: [level], past: [] })
  })

  it.each([preferencesKey, linksKey, panelLinksKey, chartSettingsKey('chart'), drawingsKey('BTC/USD'), 'something.else'])(
    'changes nothing under %s if it cannot be read',
    (key) => {
      const before = [usePreferences.getState(), linkedInstrument('blue'), usePanelLinks.getState().links, chartSettings('chart'), drawingBook('BTC/USD')]
      for (const text of ['', '{', '[]', '{"version":9}', 'null']) takeFromOtherWindow(key, text)
      expect([usePreferences.getState(), linkedInstrument('blue'), usePanelLinks.getState().links, chartSettings('chart'), drawingBook('BTC/USD')]).toEqual(before)
    },
  )
})

/** A browser's memory, of which it is known how often something was put there. */
const memory = vi.hoisted(() => {
  const texts = new Map<string, string>()
  const written: string[] = []
  const storage = {
    getItem: (key: string) => texts.get(key) ?? null,
    setItem(key: string, text: string) {
      written.push(key)
      texts.set(key, text)
    },
    removeItem: (key: string) => void texts.delete(key),
  }
  Object.defineProperty(globalThis, 'localStorage', { value: storage, configurable: true })
  return { texts, written, storage }
})

describe('two windows', () => {
  it('do not answer each other: what was taken from one is not written again by the other', () => {
    followPreferences(memory.storage, 'en')
    const told = [
      [preferencesKey, printPreferences({ ...defaultPreferences, palette: 'cb' })], [linksKey, printLinks({ blue: 'SOL/USD' })],
      [panelLinksKey, printPanelLinks({ tape: 'teal' })], [chartSettingsKey('chart'), printChartSettings(firstSettingsOf('chart'))],
      [drawingsKey('BTC/USD'), printDrawings([level])],
    ] as const
    memory.written.length = 0
    for (const [key, text] of told) takeFromOtherWindow(key, text)
    expect(linkedInstrument('blue')).toBe('SOL/USD')
    expect(memory.written).toEqual([])
    // What is chosen here still is.
    choosePreferences({ theme: 'system' })
    choosePanelLink('tape', 'sand')
    expect(memory.written).toEqual([preferencesKey, panelLinksKey])
  })

  it('take what is kept now, whichever of several changes they are told of', () => {
    const page = Object.assign(new EventTarget(), { localStorage: memory.storage })
    followOtherWindows(page as never)
    const tell = (key: string | null, newValue: string | null): void => void page.dispatchEvent(Object.assign(new Event('storage'), { key, newValue }))
    memory.texts.set(linksKey, printLinks({ blue: 'LAST/USD' }))
    tell(linksKey, printLinks({ blue: 'FIRST/USD' }))
    expect(linkedInstrument('blue')).toBe('LAST/USD')
    memory.texts.delete(linksKey)
    for (const key of [null, linksKey]) tell(key, null)
    expect(linkedInstrument('blue')).toBe('LAST/USD')
  })
})

describe('the colours that panels go with', () => {
  it('come back from what is kept, each as it was', () => {
    choosePanelLink('ladder', 'teal')
    const { links } = usePanelLinks.getState()
    expect(parsePanelLinks(JSON.parse(printPanelLinks(links)))).toEqual(links)
    expect(links['ladder']).toBe('teal')
  })

  it('are left out where they are none, so that such a panel goes with the first one', () => {
    expect(parsePanelLinks({ version: 1, links: { ladder: 'pink', tape: 'sand', 'No panel': 'sand' } })).toEqual({ tape: 'sand' })
    expect(parsePanelLinks({ version: 2, links: {} })).toBeUndefined()
    expect(parsePanelLinks(undefined)).toBeUndefined()
  })
})
