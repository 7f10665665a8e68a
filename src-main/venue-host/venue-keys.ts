import { createHmac } from 'node:crypto'
import type { JournalKeys } from '../store/journal/index.ts'

const purpose = 'ballast venue books'

/** What the venue's process is given: keys of its own for each epoch, from which nothing follows about the books'. */
export const venueKeysOf = (keys: JournalKeys): readonly Uint8Array[] =>
  Array.from({ length: keys.newestEpoch }, (_each, index) => {
    const key = keys.keyOf(index + 1)
    // An epoch whose key is missing stays missing: what was written in it cannot be read.
    return key === undefined ? new Uint8Array() : new Uint8Array(createHmac('sha256', key).update(purpose).digest())
  })

export const journalKeysOf = (keys: readonly Uint8Array[]): JournalKeys => ({
  newestEpoch: keys.length,
  keyOf: (epoch) => {
    const key = keys[epoch - 1]
    return key === undefined || key.length === 0 ? undefined : Buffer.from(key)
  },
})
