import { createHash } from 'node:crypto'
import { fail, sealFor, succeed, type BooksStatus, type Contract, type Reply, type SealedText } from '../../src-preload/contract/index.ts'
import { nodeSealing, type Handlers } from '../bridge/index.ts'
import { Secret, type RecoveryCodeOffer, type Vault } from '../store/index.ts'
import type { OpenBookkeeping } from './bookkeeper.ts'
import type { BooksHandlerParts } from './books-handlers.ts'
import { withOpen, withSecret } from './with-books.ts'

/**
 * A new recovery code takes two steps: it is told, and it counts once whoever asked says it again. A line that breaks or a
 * screen that goes dark between the two must not leave a person with a code on paper that opens nothing.
 */
type Entries = 'keys.recovery-code' | 'keys.confirm-recovery-code'

interface Offered {
  readonly vault: Vault
  readonly offer: RecoveryCodeOffer
  readonly until: number
}

/** Time to find paper and pen. */
const offerMs = 15 * 60_000

export function createRecoveryCodeDesk(parts: BooksHandlerParts): Pick<Handlers<Contract>, Entries> {
  let offered: Offered | undefined
  /** Which codes are written down as being in force. */
  const written = new Set<string>()
  const writeDown = (id: string): void => {
    written.add(id)
    parts.bookkeeper.note('keys.slot-added', { slot: 'recovery', id })
  }
  const forget = (): void => {
    offered?.offer.code.dispose()
    offered = undefined
  }
  return {
    'keys.recovery-code': ({ sealTo, secret }) =>
      withOpen(parts, async ({ vault }) => {
        const refusal = await refusalOf(parts, vault, secret)
        if (refusal !== undefined) return refusal
        if (vault.protection === 'ephemeral') return fail('keys.failed', { detail: 'not-kept' })
        const offer = vault.offerRecoveryCode()
        const code = offer.code.withBytes((bytes) => bytes.toString('utf8'))
        parts.guard(code)
        // A reader that cannot be written to gets no code, and the one before stays the last.
        const sealed = await sealFor(sealTo, 'keys.recovery-code code', code, nodeSealing.crypto, nodeSealing.text).catch(() => undefined)
        if (sealed === undefined) return fail('books.secret-unreadable')
        forget()
        offered = { vault, offer, until: parts.now() + offerMs }
        return succeed({ code: sealed })
      }),
    'keys.confirm-recovery-code': ({ code }) =>
      withOpen(parts, async (open) => {
        const { vault } = open
        const typed = await parts.reader.open(code, 'keys.confirm-recovery-code code')
        if (typed === undefined) return fail('books.secret-unreadable')
        const now = offered
        const isOffered = now !== undefined && now.vault === vault && parts.now() <= now.until && isSameCode(now.offer, typed)
        if (!isOffered) {
          const answer = await answerOfVault(parts, vault, typed)
          const id = recoveryIdOf(vault)
          // It came into force and the engine went before it could say so; what cannot be looked up is not said twice.
          if (answer.ok && !written.has(id) && (await isMissing(open, id))) writeDown(id)
          return answer
        }
        const kept = await now.offer.keep()
        if (!kept.ok) return fail('keys.failed', { detail: kept.trouble.kind })
        forget()
        writeDown(recoveryIdOf(vault))
        parts.bookkeeper.tell()
        return succeed(parts.bookkeeper.status())
      }),
  }
}

/** Where there is a passphrase, it is asked for: who sits at an open desk must not take the books over. */
async function refusalOf(parts: BooksHandlerParts, vault: Vault, secret: SealedText | null): Promise<ReturnType<typeof fail> | undefined> {
  if (!vault.slots.includes('passphrase')) return undefined
  const waitSeconds = parts.tries.waitSeconds()
  const typed = secret === null ? undefined : await parts.reader.open(secret, 'keys.recovery-code secret')
  if (typed === undefined || waitSeconds > 0) return fail('books.secret-wrong', { waitSeconds })
  const verified = await withSecret(typed, (given) => vault.verifySecret(given))
  if (!verified.ok) return fail('books.secret-wrong', { waitSeconds: parts.tries.failed() })
  parts.tries.succeeded()
  return undefined
}

/** An answer that was lost is asked for again: whether a code is in force, the vault alone knows. */
async function answerOfVault(parts: BooksHandlerParts, vault: Vault, typed: string): Promise<Reply<BooksStatus>> {
  const waitSeconds = parts.tries.waitSeconds()
  if (waitSeconds > 0) return fail('books.secret-wrong', { waitSeconds })
  const known = await withSecret(typed, (given) => vault.verifySecret(given))
  if (known.ok && known.slot === 'recovery') return succeed(parts.bookkeeper.status())
  const { kind } = known.ok ? { kind: 'secret-wrong' } : known.refusal
  // A vault that could not look has said nothing about the code.
  if (kind !== 'secret-wrong' && kind !== 'no-secret-slot') return fail('keys.failed', { detail: kind })
  parts.tries.failed()
  return fail('keys.code-unconfirmed')
}

/** Names the code in force and says nothing of it: the half of its key that anybody may see. */
function recoveryIdOf(vault: Vault): string {
  const slot = vault.publicSlots().find(({ kind }) => kind === 'recovery')
  return createHash('sha256').update(slot?.publicKey ?? '').digest('hex').slice(0, 16)
}

/** Whether the journal surely does not say that this code came into force. */
async function isMissing({ books, isLevel }: OpenBookkeeping, id: string): Promise<boolean> {
  const found = isLevel() ? await books.keyEvents({ limit: 1_000 }) : undefined
  return found?.ok === true && !found.value.rows.some(({ body }) => body['id'] === id)
}

function isSameCode(offer: RecoveryCodeOffer, typed: string): boolean {
  const secret = Secret.fromText(typed)
  try {
    return offer.isSame(secret)
  } finally {
    secret.dispose()
  }
}
