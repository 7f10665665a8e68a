import { amountFromRaw, isEqual, isZero, rawOf, subtract, type Amount } from '../../../base/index.ts'
import type { FillSuperseded, MoneyPosted, OpeningTaken, OrderFilled, PositionSplit } from '../../../domain/index.ts'
import { withSetUp, type AccountsSetUpBody, type MoneyBooks, type MoneyPosition, type MoneySum, type OpenMoneyBooks } from './money-books.ts'

/** An event that moves money, and whose account that is. */
export interface MoneyStep {
  readonly account: string
  readonly event: OrderFilled | FillSuperseded | MoneyPosted | PositionSplit | OpeningTaken
}

export interface MoneyMove {
  readonly asset: string
  readonly book: string
  readonly amount: Amount
  readonly balance: Amount
}

export interface PositionMove {
  readonly instrument: string
  readonly positionSide: string
  readonly before: number
  readonly after: number
  /** By how much the realised profit changed. */
  readonly realised: number
}

/** What an event changed: whatever was counted anew because of it is in it. */
export interface MoneyChange {
  readonly moves: readonly MoneyMove[]
  readonly positions: readonly PositionMove[]
}

/** Where the count stands. */
export interface MoneyCount {
  readonly setUp: AccountsSetUpBody | null
  readonly steps: number
  readonly books: readonly { readonly account: string; readonly past: unknown }[]
}

export const emptyCount: MoneyCount = { setUp: null, steps: 0, books: [] }

/**
 * Counts money event by event, and tells what each of them changed. It must never tell a change that does not sum to zero in every asset.
 * Invariants: 1 what it tells are differences of the same books that the engine keeps: their sum is what the engine has; 2 restored from a count it goes on as if it had never
 * stopped; 3 an account or an instrument that no record has described is not counted, and that is told.
 */
export class MoneyFold {
  readonly #open: OpenMoneyBooks
  readonly #books = new Map<string, MoneyBooks>()
  #setUp: AccountsSetUpBody | null
  #steps: number

  constructor(open: OpenMoneyBooks, past: MoneyCount) {
    this.#open = open
    this.#setUp = past.setUp
    this.#steps = past.steps
    for (const { account, past: kept } of past.books) this.#openBooks(account, kept)
  }

  get steps(): number {
    return this.#steps
  }

  get setUp(): AccountsSetUpBody | null {
    return this.#setUp
  }

  describe(setUp: AccountsSetUpBody): void {
    this.#setUp = withSetUp(this.#setUp, setUp)
    // What was counted stays; from here on it is counted with what was described now.
    for (const [account, books] of [...this.#books]) this.#openBooks(account, books.snapshot())
  }

  /** Nothing for what was never described. */
  count({ account, event }: MoneyStep): MoneyChange | undefined {
    const books = this.#books.get(account) ?? this.#openBooks(account, undefined)
    if (books === undefined || !this.#knows(event)) return undefined
    const before = pictureOf(books)
    take(books, event)
    this.#steps += 1
    return changeBetween(before, pictureOf(books))
  }

  current(): MoneyCount {
    return {
      setUp: this.#setUp, steps: this.#steps,
      books: [...this.#books].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([account, books]) => ({ account, past: books.snapshot() })),
    }
  }

  #openBooks(account: string, past: unknown): MoneyBooks | undefined {
    const described = this.#setUp?.accounts.find(({ id }) => id === account)
    if (described === undefined || this.#setUp === null) return this.#books.get(account)
    const books = this.#open({ account, positions: described.positions, lots: described.lots, instruments: this.#setUp.instruments }, past)
    this.#books.set(account, books)
    return books
  }

  #knows(event: MoneyStep['event']): boolean {
    return instrumentsOf(event).every((id) => this.#setUp?.instruments.some((instrument) => instrument.id === id) === true)
  }
}

function instrumentsOf(event: MoneyStep['event']): readonly string[] {
  switch (event.kind) {
    case 'order-filled': case 'fill-superseded': return [event.trade.instrument]
    case 'position-split': return [event.split.instrument]
    case 'opening-taken': return event.positions.map(({ instrument }) => instrument)
    case 'money-posted': return []
  }
}

function take(books: MoneyBooks, event: MoneyStep['event']): void {
  const { at } = event
  switch (event.kind) {
    case 'order-filled': return books.applyFill(event.trade, event.inferred, at)
    case 'fill-superseded': return books.takeBackFill(event.trade, at)
    case 'money-posted': return books.applyPosting(event.posting, at)
    case 'position-split': {
      const { reference: id, ...split } = event.split
      return books.applySplit({ ...split, id }, at)
    }
    case 'opening-taken': return books.takeOpening(event, at)
  }
}

interface Picture {
  readonly sums: readonly MoneySum[]
  readonly positions: readonly MoneyPosition[]
}

const pictureOf = (books: MoneyBooks): Picture => ({ sums: books.ledgerSums(), positions: books.positions() })

const sumKey = ({ asset, account }: MoneySum): string => `${asset} ${account}`
const placeKey = ({ instrument, positionSide }: MoneyPosition): string => `${instrument} ${positionSide}`
const noMoney = amountFromRaw(0)

function changeBetween(before: Picture, after: Picture): MoneyChange {
  const sumsBefore = new Map(before.sums.map((sum) => [sumKey(sum), sum]))
  const sumsAfter = new Map(after.sums.map((sum) => [sumKey(sum), sum]))
  // A sum that became zero is not told any more.
  const gone = before.sums.filter((sum) => !sumsAfter.has(sumKey(sum))).map((sum) => ({ ...sum, amount: noMoney }))
  const moves = [...after.sums, ...gone].flatMap((sum): readonly MoneyMove[] => {
    const amount = subtract(sum.amount, sumsBefore.get(sumKey(sum))?.amount ?? noMoney)
    return isZero(amount) ? [] : [{ asset: sum.asset, book: sum.account, amount, balance: sum.amount }]
  })
  const placesBefore = new Map(before.positions.map((position) => [placeKey(position), position]))
  const positions = after.positions.flatMap((position): readonly PositionMove[] => {
    const was = placesBefore.get(placeKey(position))
    if (was !== undefined && isEqual(was.lots, position.lots) && isEqual(was.realised, position.realised)) return []
    const { instrument, positionSide, lots, realised } = position
    const from = was === undefined ? 0 : rawOf(was.lots)
    return [{ instrument, positionSide, before: from, after: rawOf(lots), realised: rawOf(realised) - (was === undefined ? 0 : rawOf(was.realised)) }]
  })
  return { moves, positions }
}
