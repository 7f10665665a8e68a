import { beforeEach, describe, expect, it } from 'vitest'
import { emptyBook } from '../../../../src-renderer/charts/drawings/drawing-book.ts'
import { changeDrawings } from '../../../../src-renderer/stores/chart-drawings.ts'
import { dismissPriceNote, tellTouched, usePriceNotes } from '../../../../src-renderer/stores/price-alerts.ts'
import { parseNoteWord, sharePriceNotes, type NoteMeans, type NoteWord } from '../../../../src-renderer/stores/shared-price-notes.ts'
import type { WatchedPrice } from '../../../../src-renderer/charts/alert-watch.ts'

const said: NoteWord[] = []
let hear: (event: { readonly data: unknown }) => void = () => undefined
let grant: () => unknown = () => undefined

// One window of several, the others of which the test plays; its listeners stay for the whole file, as they do in a page.
sharePriceNotes({
  locks: { request: (_name: string, granted: () => unknown) => void (grant = granted) },
  channel: {
    postMessage: (word: NoteWord) => void said.push(word),
    addEventListener: (_kind: string, heard: typeof hear) => void (hear = heard),
  },
} as unknown as NoteMeans)

const note = { id: 'a', instrument: 'BTC/USD', ticks: 105, at: 7 }
const shown = (): readonly string[] => usePriceNotes.getState().notes.map(({ id }) => id)
const priceOf = (last: number): WatchedPrice => ({ last, dayLow: 1, dayHigh: 1_000 }) as WatchedPrice

describe('price notes of several windows', () => {
  beforeEach(() => {
    said.length = 0
    usePriceNotes.setState({ notes: [] })
  })

  it('are told to the others by the window that found them, and gone everywhere once they were seen in one', () => {
    changeDrawings('BTC/USD', () => ({ ...emptyBook, drawings: [{ id: 'a', kind: 'alert', anchors: [{ time: 1, ticks: 105 }], words: '' }] }))
    tellTouched('BTC/USD', priceOf(100), priceOf(110))
    expect(said).toMatchObject([{ kind: 'reached', note: { id: 'a', instrument: 'BTC/USD', ticks: 105 } }])
    dismissPriceNote('a')
    expect(said.slice(1)).toEqual([{ kind: 'seen', id: 'a' }])
  })

  it('of another window are shown once, and go when they were seen there, without an echo', () => {
    hear({ data: { kind: 'reached', note } })
    hear({ data: { kind: 'reached', note } })
    expect(usePriceNotes.getState().notes).toEqual([note])
    hear({ data: { kind: 'seen', id: 'a' } })
    expect(shown()).toEqual([])
    expect(said).toEqual([])
  })

  it('are announced only by the window that holds the lock', () => {
    expect(usePriceNotes.getState().isAnnouncer).toBe(false)
    void grant()
    expect(usePriceNotes.getState().isAnnouncer).toBe(true)
  })

  it('are not made of anything else that is said on the channel', () => {
    for (const data of [null, 5, {}, { kind: 'seen' }, { kind: 'reached' }, { kind: 'reached', note: { ...note, ticks: 1.5 } }, { kind: 'gone', id: 'a' }]) {
      expect(parseNoteWord(data)).toBeUndefined()
    }
    expect(parseNoteWord({ kind: 'reached', note })).toEqual({ kind: 'reached', note })
  })
})
