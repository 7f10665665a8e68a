import { createHash } from 'node:crypto'
import { partOf, readAll, type ByteSource } from './byte-source.ts'
import { endBytes, entryBytes, exportEnd, isExportEnd, isExportStart, journalIdHashOfStart, readExportEntry, startBytes } from './export-format.ts'
import { exportKey, type JournalKeys } from './journal-keys.ts'
import { damaged, JournalUnreadable } from './journal-trouble.ts'
import type { WalkedSegment } from './journal-walk.ts'
import { readHeader } from './segment-header.ts'
import { headerBytes } from './journal-limits.ts'

const readAtOnce = 1024 * 1024

/** Goes through a copy made by `exportJournal`. Only with `verifyEnd` it is proved that nothing is missing or added. */
export class ExportReading {
  readonly #source: ByteSource
  readonly #keys: JournalKeys
  #at = startBytes
  seen = 0

  constructor(source: ByteSource, keys: JournalKeys) {
    this.#source = source
    this.#keys = keys
  }

  async *segments(): AsyncGenerator<WalkedSegment> {
    const start = await readAll(this.#source, 0, startBytes)
    if (!isExportStart(start)) throw wrong(0, 0)
    for (;;) {
      const bytes = await readAll(this.#source, this.#at, entryBytes)
      if (isExportEnd(bytes)) return
      const entry = readExportEntry(bytes)
      const base = this.#at + entryBytes
      if (entry === undefined || base + entry.length + endBytes > this.#source.size) throw wrong(this.seen, this.#at)
      const source = partOf(this.#source, base, entry.length)
      if (this.seen === 0) await this.#compareStart(start, source)
      const next = await readAll(this.#source, base + entry.length, entryBytes)
      this.seen++
      yield { number: this.seen, source, base, isLast: () => isExportEnd(next) }
      if (entry.number !== this.seen) throw wrong(this.seen, this.#at)
      this.#at = base + entry.length
    }
  }

  /** What the start says about whose journal it is, the first segment proves. */
  async #compareStart(start: Buffer, source: ByteSource): Promise<void> {
    const reading = readHeader(await readAll(source, 0, headerBytes), this.#keys)
    if (reading.ok && !reading.header.journalIdHash.equals(journalIdHashOfStart(start))) throw wrong(0, 0)
  }

  async verifyEnd(records: number, recordsHash: Buffer): Promise<void> {
    const hash = createHash('sha256')
    for (let at = 0; at < this.#at; at += readAtOnce) hash.update(await readAll(this.#source, at, Math.min(readAtOnce, this.#at - at)))
    const expected = exportEnd(
      { segments: this.seen, records, bytes: this.#at + endBytes, recordsHash, hash: hash.digest() }, exportKey(this.#keys),
    )
    const found = await readAll(this.#source, this.#at, endBytes + 1)
    if (!found.equals(expected)) throw wrong(this.seen, this.#at)
  }
}

const wrong = (segment: number, offset: number): JournalUnreadable => new JournalUnreadable(damaged('container', segment, offset, 0))
