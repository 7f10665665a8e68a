import { add, amountFromRaw, assert, compare, isZero, negate, rawOf } from '../../base/index.ts'
import type { Amount } from '../../base/index.ts'

/**
 * The double-entry ledger of one account on a venue, a book per asset. It must never hold a sum that is not zero.
 * Invariants: 1 the postings of an entry sum to zero in every asset, or nothing of it is booked; 2 so do, at any time, all sums of an asset.
 */
export const ledgerAccounts = [
  /** What the venue holds for us. Every other account says where it came from or went. */
  'wallet',
  /** What open positions of delivered assets cost, and the delivered asset itself. */
  'position', 'holdings',
  /** What a coin cost in one currency, and what it fetched in another. */
  'exchanged',
  'realised', 'fees', 'funding', 'interest', 'dividends', 'liquidation',
  'opening', 'external', 'dust',
] as const
export type LedgerAccount = (typeof ledgerAccounts)[number]

export interface LedgerPosting {
  readonly asset: string
  readonly account: LedgerAccount
  readonly amount: Amount
}

export interface LedgerSum extends LedgerPosting {}

const none = amountFromRaw(0)

const byName = (left: string, right: string): number => {
  if (left === right) return 0
  return left < right ? -1 : 1
}

export class Ledger {
  readonly #assets = new Map<string, Map<LedgerAccount, Amount>>()

  constructor(past: readonly LedgerSum[] = []) {
    this.book(past)
  }

  book(entry: readonly LedgerPosting[]): void {
    assertBalanced(entry)
    for (const { asset, account, amount } of entry) this.#post(asset, account, amount)
  }

  /** Exactly what `book` did, undone. */
  takeBack(entry: readonly LedgerPosting[]): void {
    for (const { asset, account, amount } of entry) this.#post(asset, account, negate(amount))
  }

  sum(asset: string, account: LedgerAccount): Amount {
    return this.#assets.get(asset)?.get(account) ?? none
  }

  /** The magnitude of the sum that is next to being past counting. */
  largest(asset: string): number {
    let largest = 0
    // Asked at every trade: an iterator of a map makes an object for each step.
    this.#assets.get(asset)?.forEach((sum) => {
      largest = Math.max(largest, Math.abs(rawOf(sum)))
    })
    return largest
  }

  /** In order of asset and account, without zeros: the same for every way that led here. */
  sums(): readonly LedgerSum[] {
    const sums: LedgerSum[] = []
    for (const asset of this.assets()) {
      for (const account of ledgerAccounts) {
        const amount = this.sum(asset, account)
        if (!isZero(amount)) sums.push({ asset, account, amount })
      }
    }
    return sums
  }

  assets(): readonly string[] {
    return [...this.#assets.keys()].sort(byName)
  }

  #post(asset: string, account: LedgerAccount, amount: Amount): void {
    const book = this.#assets.get(asset) ?? new Map<LedgerAccount, Amount>()
    if (book.size === 0) this.#assets.set(asset, book)
    book.set(account, add(book.get(account) ?? none, amount))
  }
}

/** Entries are a handful of postings in one or two assets, so each is compared with those before it. */
const assertBalanced = (entry: readonly LedgerPosting[]): void => {
  let before: string | undefined
  for (const { asset } of entry) {
    // Summed up just now: mostly there is one asset only.
    if (asset === before) continue
    before = asset
    let sum = none
    for (const posting of entry) if (posting.asset === asset) sum = add(sum, posting.amount)
    assert(compare(sum, none) === 0, 'expected the postings of an entry to sum to zero in every asset')
  }
}

/** The two sides of one movement. */
export const movement = (asset: string, from: LedgerAccount, to: LedgerAccount, amount: Amount): readonly LedgerPosting[] =>
  [{ asset, account: to, amount }, { asset, account: from, amount: negate(amount) }]
