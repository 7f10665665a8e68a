import type { Connection } from '../connection.ts'
import { createCommandsReader, createCommandsTable, type CommandsReader, type CommandsTable } from './commands-table.ts'
import { createEquityReader, createEquityTable, type EquityReader, type EquityTable } from './equity-table.ts'
import { createFillsReader, createFillsTable, type FillsReader, type FillsTable } from './fills-table.ts'
import type { OpenMoneyBooks } from './money-books.ts'
import { createMoneyTable, createSetUpReader, type MoneyTable, type SetUpReader } from './money-table.ts'
import { createOrdersReader, createOrdersTable, type OrdersReader, type OrdersTable } from './orders-table.ts'
import { createPostingsReader, createPostingsTable, type PostingsReader, type PostingsTable } from './postings-table.ts'
import { createTripsReader, createTripsTable, type TripsReader, type TripsTable } from './trips-table.ts'

/** All that the read model knows of orders and money. */
export interface TradingReader {
  readonly orders: OrdersReader
  readonly fills: FillsReader
  readonly postings: PostingsReader
  readonly trips: TripsReader
  readonly commands: CommandsReader
  readonly equity: EquityReader
  readonly setUp: SetUpReader
}

export interface TradingTables extends TradingReader {
  readonly orders: OrdersTable
  readonly fills: FillsTable
  readonly postings: PostingsTable
  readonly trips: TripsTable
  readonly commands: CommandsTable
  readonly equity: EquityTable
  readonly money: MoneyTable
  /** Writes what is still held; before a unit of work ends. */
  flush(): void
  /** A unit of work has come to nothing: what is held in memory is not what is in the file. */
  forget(): void
  clear(): void
}

export const createTradingReader = (connection: Connection): TradingReader => ({
  orders: createOrdersReader(connection),
  fills: createFillsReader(connection),
  postings: createPostingsReader(connection),
  trips: createTripsReader(connection),
  commands: createCommandsReader(connection),
  equity: createEquityReader(connection),
  setUp: createSetUpReader(connection),
})

export function createTradingTables(connection: Connection, openMoney: OpenMoneyBooks | undefined): TradingTables {
  const tables = {
    orders: createOrdersTable(connection),
    fills: createFillsTable(connection),
    postings: createPostingsTable(connection),
    trips: createTripsTable(connection),
    commands: createCommandsTable(connection),
    equity: createEquityTable(connection),
    money: createMoneyTable(connection, openMoney),
  }
  return {
    ...tables,
    setUp: createSetUpReader(connection),
    flush: () => tables.orders.flush(),
    forget: () => {
      tables.orders.forget()
      tables.money.forget()
    },
    clear: () => {
      for (const table of Object.values(tables)) table.clear()
    },
  }
}
