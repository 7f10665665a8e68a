/** Where a journal ends, in a form that can be kept outside of it: nobody without the keys can make one. */
export interface JournalHead {
  /** 0 for a journal without records. */
  readonly sequence: number
  /** HMAC-SHA256 over the sequence and the chain's hash at it, as hex. */
  readonly mac: string
}

/** A place in a journal. */
export interface JournalPlace {
  readonly segment: number
  /** In bytes, in that segment's file; in a copy made by `exportJournal`, in the copy. */
  readonly offset: number
  /** The first record that can no longer be vouched for. */
  readonly sequence: number
}

export type DamageReason =
  /** A segment between two others, or the first, is not there. */
  | 'segment-missing'
  | 'segment-duplicated'
  /** A whole segment that does not belong at this place: another's number, or it does not continue the chain. */
  | 'segment-misplaced'
  | 'segment-header'
  /** A record frame that is not what was written. */
  | 'frame'
  /** An authentic frame that does not follow the one before it. */
  | 'frame-misplaced'
  | 'padding'
  /** After an unreadable frame there is an authentic one, or more than one torn write can leave. */
  | 'frame-lost'
  | 'seal'
  | 'bytes-after-seal'
  | 'cut-short'
  /** An authentic frame whose content makes no sense: a bug of the writer. */
  | 'content'
  /** Only told by `verifyJournal`: the last frame is unfinished, as a crash leaves it. Opening cuts it off. */
  | 'unfinished-tail'
  /** Only of a copy made by `exportJournal`: what is around the segments. */
  | 'container'

/** Everything that can keep a journal from being opened or read. Nothing on the disk was changed when one is told. */
export type JournalOpenTrouble =
  | ({ readonly kind: 'damaged'; readonly reason: DamageReason } & JournalPlace)
  | { readonly kind: 'key-missing'; readonly epoch: number }
  | { readonly kind: 'wrong-key' }
  /** A whole journal with our keys, but of other books. */
  | { readonly kind: 'not-ours' }
  | { readonly kind: 'folder-unusable'; readonly detail: string }
  | { readonly kind: 'disk-full'; readonly bytesNeeded: number }
  /** The journal ends before what is known to have been in it, or holds something else there. */
  | {
      readonly kind: 'rolled-back'
      readonly reason: 'ends-before' | 'disagrees'
      readonly expected: JournalHead
      readonly found: { readonly sequence: number }
    }

export type DamagedJournal = Extract<JournalOpenTrouble, { kind: 'damaged' }>

export const damaged = (reason: DamageReason, segment: number, offset: number, sequence: number): DamagedJournal => ({
  kind: 'damaged', reason, segment, offset, sequence,
})

/** What a crash left of a group that was never acknowledged. */
export interface TailCut {
  readonly segment: number
  readonly offset: number
  readonly bytes: number
  /** The last record before the cut. */
  readonly afterSequence: number
}

/**
 * Thrown by what reads records one after the other, and by nothing else: a loop that simply ended would take a damaged
 * journal for a short one.
 */
export class JournalUnreadable extends Error {
  readonly trouble: JournalOpenTrouble

  constructor(trouble: JournalOpenTrouble) {
    super(`the journal cannot be read: ${trouble.kind}`)
    this.name = new.target.name
    this.trouble = trouble
  }
}
