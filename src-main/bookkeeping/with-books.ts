import { fail, type Reply } from '../../src-preload/contract/index.ts'
import { Secret } from '../store/index.ts'
import type { Bookkeeper, OpenBookkeeping } from './bookkeeper.ts'

/** What every entry about the books begins with: there is nothing to work on while they are closed. */
export async function withOpen<Value>(
  { bookkeeper }: { readonly bookkeeper: Bookkeeper },
  use: (open: OpenBookkeeping) => Promise<Reply<Value>>,
): Promise<Reply<Value>> {
  const { opened } = bookkeeper
  return opened === undefined ? fail('books.closed') : use(opened)
}

/** Lends what was typed for one use, and wipes it. */
export async function withSecret<Value>(text: string, use: (secret: Secret) => Promise<Value>): Promise<Value> {
  const secret = Secret.fromText(text)
  try {
    return await use(secret)
  } finally {
    secret.dispose()
  }
}
