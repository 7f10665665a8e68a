import type { JournalTroubleKind } from '../domain/index.ts'
import type { Readings } from '../monitor/index.ts'
import type { Runtime } from '../runtime/index.ts'
import type { FeedState, OpenedSettings } from '../store/index.ts'
import type { Bookkeeper } from './bookkeeper.ts'

/** What the rules of the alerts look at once a second, as far as the office knows it. */
export interface ReadingSources {
  readonly runtime: Runtime
  readonly bookkeeper: Bookkeeper
  readonly settings: OpenedSettings | undefined
  readonly journal: Readings['journal']
  readonly audit: Readings['journalAudit']
  readonly now: number
}

const dayMs = 86_400_000

export function readingsOf({ runtime, bookkeeper, settings, journal, audit, now }: ReadingSources): Omit<Readings, 'nowMs' | 'diskFreeBytes' | 'loopStallMs' | 'channels'> {
  const open = bookkeeper.opened
  const status = bookkeeper.status()
  const { mode, actor, reason } = runtime.state
  const isKept = open !== undefined && open.vault.protection !== 'ephemeral'
  const reminders = settings?.current.reminders
  const booksMadeAt = status.keyCreatedAt ?? undefined
  // Until the read model is level, that it knows of none says nothing: an alert must not be taken for mended by that.
  const isPastKnown = bookkeeper.isPastKnown && booksMadeAt !== undefined
  const failure = status.backup.lastFailure?.code
  const isBackupKnown = isPastKnown || failure !== undefined
  const [problem] = settings?.problems ?? []
  return {
    mode: { mode, actor, reason },
    journalWaitingMs: open?.journal.waitingMs(),
    journal: open === undefined ? undefined : journal,
    journalAudit: audit,
    booksClosed: { code: status.trouble?.code },
    booksBehind: open === undefined ? undefined : { reason: behindOf(open.feed.state) },
    // Nobody is reminded of what is not kept.
    backup:
      isKept && settings?.current.backup.enabled === true && isBackupKnown
        ? { lastAt: status.backup.last?.at, failure, booksMadeAt: booksMadeAt ?? now, ...(isPastKnown ? {} : { isLastUnknown: true }) }
        : undefined,
    drill: isKept && isPastKnown && (reminders?.drillAgeDays ?? 0) > 0 ? { lastAt: status.drill.last?.at, booksMadeAt } : undefined,
    keys: isKept && booksMadeAt !== undefined && (reminders?.keyAgeDays ?? 0) > 0 ? [{ name: 'books', madeAt: booksMadeAt }] : undefined,
    anchor: isKept ? { failure: open.anchor.failure } : undefined,
    settings: { problem: problem === undefined ? undefined : `${problem.line}:${problem.column} ${problem.path} ${problem.reason}`.trim() },
    keyAgeMaxMs: (reminders?.keyAgeDays ?? 0) * dayMs,
    drillAgeMaxMs: (reminders?.drillAgeDays ?? 0) * dayMs,
    hasRecoveryCode: isKept ? status.hasRecoveryCode || status.hasPassphrase : undefined,
  }
}

export function journalReading(trouble: JournalTroubleKind, detail: string): Readings['journal'] {
  if (trouble === 'failed') return { state: 'failed', detail }
  // How long it has been waiting is a reading of its own.
  return trouble === 'short' ? { state: 'no-room-ahead', bytesLeft: 0 } : { state: 'well' }
}

function behindOf(state: FeedState): string | undefined {
  if (state.is === 'level' || state.is === 'catching-up') return undefined
  return 'trouble' in state ? state.trouble.kind : (state as { readonly is: string }).is
}
