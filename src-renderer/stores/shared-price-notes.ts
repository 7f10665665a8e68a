import { dismissPriceNote, onPriceNoteSeen, onPriceReached, takePriceNote, usePriceNotes, type PriceNote } from './price-alerts.ts'

/** What of the browser is needed: so that two windows can be played in a test. */
export interface NoteMeans {
  readonly locks: Pick<LockManager, 'request'>
  readonly channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'>
}

const name = 'ballast.price-notes'

export const noteMeansOf = ({ navigator }: Window): NoteMeans => ({ locks: navigator.locks, channel: new BroadcastChannel(name) })

export type NoteWord = { readonly kind: 'reached'; readonly note: PriceNote } | { readonly kind: 'seen'; readonly id: string }

/** Anything else on the channel is nobody's word. */
export function parseNoteWord(data: unknown): NoteWord | undefined {
  if (typeof data !== 'object' || data === null) return undefined
  const { kind, id, note } = data as { readonly kind?: unknown; readonly id?: unknown; readonly note?: unknown }
  if (kind === 'seen') return typeof id === 'string' ? { kind, id } : undefined
  if (kind !== 'reached' || typeof note !== 'object' || note === null) return undefined
  const { id: noteId, instrument, ticks, at } = note as Readonly<Record<keyof PriceNote, unknown>>
  const isWhole = typeof noteId === 'string' && typeof instrument === 'string' && Number.isSafeInteger(ticks) && Number.isSafeInteger(at)
  return isWhole ? { kind, note: { id: noteId, instrument, ticks: ticks as number, at: at as number } } : undefined
}

/**
 * All windows show a price that was reached, whichever of them found out; what is taken note of in one is so in all. One of them
 * announces it, by a lock that goes on to the next window when its own is gone.
 */
export function sharePriceNotes({ locks, channel }: NoteMeans): void {
  void locks.request(name, () => {
    usePriceNotes.setState({ isAnnouncer: true })
    // Held until the page is gone.
    return new Promise<never>(() => undefined)
  })
  const say = (word: NoteWord): void => channel.postMessage(word)
  onPriceReached((note) => say({ kind: 'reached', note }))
  onPriceNoteSeen((id) => say({ kind: 'seen', id }))
  channel.addEventListener('message', ({ data }) => {
    const word = parseNoteWord(data)
    if (word?.kind === 'reached') takePriceNote(word.note)
    else if (word?.kind === 'seen') dismissPriceNote(word.id, 'elsewhere')
  })
}
