import { fail, ok, type Result } from '../../base/index.ts'
import type { BooksTrouble } from './books-trouble.ts'
import { BooksReader } from './books-reader.ts'
import { BooksWriter } from './books-writer.ts'
import { rekeyFile } from './rekey-file.ts'
import type { OpenMoneyBooks } from './trading/money-books.ts'
import { setAside } from './set-aside.ts'

/** The books are derived: whatever cannot be used is set aside, and made anew from the journal. */
export interface BooksOpening {
  /** The books are empty, and the whole journal is to be applied. */
  readonly rebuilt?: Rebuilt
  /** They were still under a former key; now they are under the newest. */
  readonly rekeyed: boolean
}

export interface Rebuilt {
  /** `missing`: there were none. `asked`: they could have been used, but are of no use. */
  readonly reason: 'missing' | 'unreadable' | 'damaged' | 'asked'
  /** The name of the file that was put aside. */
  readonly setAside?: string
}

export interface BooksFileOptions {
  readonly path: string
  readonly key: Uint8Array
  /** Keys that the file may still have when a change of key was interrupted. */
  readonly formerKeys?: readonly Uint8Array[]
  readonly now: () => number
  /** Who counts the money of trades. */
  readonly openMoney?: OpenMoneyBooks
}

export interface OpenedFile {
  readonly writer: BooksWriter
  readonly reader: BooksReader
  readonly opening: BooksOpening
}

export function openBooksFile(options: BooksFileOptions): Result<OpenedFile, BooksTrouble> {
  const { key } = options
  const first = openBoth(options)
  if (first.ok) {
    const rebuilt = first.value.writer.isNew ? { rebuilt: { reason: 'missing' } as const } : {}
    return ok({ ...first.value, opening: { rekeyed: false, ...rebuilt } })
  }
  const { kind } = first.error
  if (kind === 'unreadable') {
    const former = underFormerKey(options)
    if (former !== undefined) return former
  }
  // Full disks, read-only folders and files from the future are no reason to throw books away.
  if (kind !== 'unreadable' && kind !== 'damaged') return first
  return openAnew(options, key, kind)
}

/** Puts the file aside and begins with an empty one. */
export function openAnew(options: BooksFileOptions, key: Uint8Array, reason: Rebuilt['reason']): Result<OpenedFile, BooksTrouble> {
  const aside = setAside(options.path, options.now())
  if (!aside.ok) return aside
  const opened = openBoth({ ...options, key })
  return opened.ok ? ok({ ...opened.value, opening: { rekeyed: false, rebuilt: { reason, setAside: aside.value } } }) : opened
}

function underFormerKey(options: BooksFileOptions): Result<OpenedFile, BooksTrouble> | undefined {
  const { path, key, formerKeys = [] } = options
  for (const former of formerKeys) {
    const rekeyed = rekeyFile(path, former, key)
    if (!rekeyed.ok && rekeyed.error.kind === 'unreadable') continue
    if (!rekeyed.ok) return rekeyed.error.kind === 'damaged' ? undefined : rekeyed
    const opened = openBoth(options)
    return opened.ok ? ok({ ...opened.value, opening: { rekeyed: true } }) : opened
  }
  return undefined
}

function openBoth({ path, key, openMoney }: BooksFileOptions): Result<Omit<OpenedFile, 'opening'>, BooksTrouble> {
  const writer = BooksWriter.open(path, key, openMoney)
  if (!writer.ok) return writer
  const reader = BooksReader.open(path, key)
  if (reader.ok) return ok({ writer: writer.value, reader: reader.value })
  writer.value.dispose()
  return fail(reader.error)
}
