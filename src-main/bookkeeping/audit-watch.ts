import type { AuditVerdict } from '../../src-preload/contract/index.ts'
import { verdictOf } from './audit-verdict.ts'
import type { OpenBookkeeping } from './bookkeeper.ts'
import { verifyAgainst } from './journal-questions.ts'

/**
 * Reads the whole journal again and again, slowly: a byte of an old part that changed shows to nobody else before the day on
 * which it is needed. It only tells; what to do is a person's decision.
 */
export interface AuditWatch {
  dispose(): void
}

export interface AuditWatchParts {
  /** `undefined` when it could not be done now. */
  readonly verify: () => Promise<AuditVerdict | undefined>
  readonly isOn: () => boolean
  readonly onVerdict: (verdict: AuditVerdict) => void
  readonly firstAfterMs?: number
  readonly everyMs?: number
  /** When damage is looked at again that could not be confirmed. */
  readonly soonMs?: number
}

/** A start has better things to do. */
const firstAfterMsDefault = 5 * 60_000
const dayMs = 86_400_000
const soonMsDefault = 60_000

export function createAuditWatch(parts: AuditWatchParts): AuditWatch {
  const { verify, isOn, onVerdict, firstAfterMs = firstAfterMsDefault, everyMs = dayMs, soonMs = soonMsDefault } = parts
  let isDisposed = false
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    let verdict = isOn() ? await verify() : undefined
    // While it reads, segments are written, sealed and moved: what is damaged is damaged the second time too.
    const isDoubtful = verdict?.ok === false
    if (isDoubtful && !isDisposed) verdict = await verify()
    if (isDisposed) return
    if (verdict !== undefined) onVerdict(verdict)
    plan(isDoubtful && verdict === undefined ? soonMs : everyMs)
  }
  const plan = (inMs: number): void => {
    timer = setTimeout(() => void look(), inMs).unref()
  }
  plan(firstAfterMs)
  return {
    dispose() {
      isDisposed = true
      clearTimeout(timer)
    },
  }
}

/** Against the anchor, as `audit verify` does; `undefined` when it was stopped or the thread is gone. */
export async function verifyOpenBooks({ vault, journal, books }: OpenBookkeeping, path: string): Promise<AuditVerdict | undefined> {
  const durable = journal.durable
  const anchor = await vault.readAnchor()
  const found = await verifyAgainst(books, vault, path, anchor.ok ? anchor.head : undefined)
  if (!found.ok || (!found.value.ok && found.value.reason === 'stopped')) return undefined
  return verdictOf(found.value, durable)
}
