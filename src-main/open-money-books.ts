import type { Tradable } from './domain/index.ts'
import { AccountBooks, type AccountBooksSnapshot } from './engine/index.ts'
import type { CountedInstrument, OpenMoneyBooks } from './store/books/index.ts'

/** The read model counts money with the engine's own books: there is one way to count in this house. */
export const openMoneyBooks: OpenMoneyBooks = ({ instruments, ...setup }, past) =>
  // Only such books gave the snapshots that come back.
  new AccountBooks({ ...setup, tradables: instruments.map(tradableOf) }, past as AccountBooksSnapshot | undefined)

const tradableOf = ({ id, base, quote, settlement, scale, baseUnitsPerLot }: CountedInstrument): Tradable =>
  // The books of an account look at nothing else; the property test over both says so.
  ({ instrument: { id, base, quote }, settlement, scale, baseUnitsPerLot }) as Tradable
