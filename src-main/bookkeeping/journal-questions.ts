import type { Books, CatchingUp, JournalHead, JournalKeys, Vault } from '../store/index.ts'

/** What the thread of the books is asked to do with the journal. It gets copies of the keys: the vault's own are in use. */
export function catchUpFrom(books: Books, vault: Vault, path: string, part: { readonly from: number; readonly to: number }, options: CatchingUp) {
  return withCopies(vault.journalKeys(), (keys) => books.catchUp({ path, keys, journalId: vault.vaultId, ...part }, options))
}

export function verifyAgainst(books: Books, vault: Vault, path: string, anchor: JournalHead | undefined) {
  return withCopies(vault.journalKeys(), (keys) =>
    books.verifyJournal({ path, keys, journalId: vault.vaultId, ...(anchor === undefined ? {} : { anchor }) }),
  )
}

/** As soon as it is asked the thread has its own, and wipes them. */
function withCopies<Value>({ newestEpoch, keyOf }: JournalKeys, ask: (keys: readonly Uint8Array[]) => Value): Value {
  const keys = Array.from({ length: newestEpoch }, (_each, index) => Uint8Array.from(keyOf(index + 1) ?? []))
  try {
    return ask(keys)
  } finally {
    for (const key of keys) key.fill(0)
  }
}
