/** What a venue's own codes prove, as data of one venue. A code that stands in no set proves nothing. */
export interface NativeCodes {
  readonly venue: string
  /** The order was looked at and turned down: it is not there and will not be. */
  readonly rejected: ReadonlySet<string>
  /** The venue's gate turned the request away before anything looked at it. */
  readonly notSent: ReadonlySet<string>
  /** A successful search that found nothing. */
  readonly notFound: ReadonlySet<string>
  /** An id of ours is already on an order: that order is ours, so this proves the opposite of a rejection. */
  readonly duplicate: ReadonlySet<string>
  /** The clock of this machine is off by more than the venue bears. */
  readonly clock: ReadonlySet<string>
  /** Keys, permissions, addresses. */
  readonly access: ReadonlySet<string>
  /** HTTP statuses with which this venue proves that nothing was looked at, whatever the body says. */
  readonly notSentStatuses: ReadonlySet<number>
}
