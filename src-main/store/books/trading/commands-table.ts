import type { Refusal } from '../../../domain/index.ts'
import type { JournalBody } from '../../../ports/index.ts'
import type { Connection } from '../connection.ts'
import { allOf, between, hasWords, oneOf, type Span } from './filter-conditions.ts'
import { createList, type ListAnswer, type ListQuery, type ListShape } from './list.ts'

/** What somebody asked of the engine, and what it said. A command that was refused made no order: this is where it is found. */
export interface TradingCommandRow {
  readonly sequence: number
  readonly commandId: string
  readonly command: string
  readonly at: number
  readonly correlation: string | null
  /** `none`: asked again, and answered with what it had led to before; or its answer is not taken over yet. */
  readonly outcome: 'none' | 'taken' | 'refused' | 'lost'
  readonly refusal: Refusal | null
  /** As it was asked. */
  readonly body: JournalBody
}

export interface CommandFilter {
  readonly outcomes?: readonly string[]
  readonly commands?: readonly string[]
  readonly rules?: readonly string[]
  readonly asked?: Span
  readonly search?: string
}

export const commandSorts = { asked: 'sequence' } as const
export type CommandSort = keyof typeof commandSorts

type StoredCommand = Omit<TradingCommandRow, 'commandId' | 'refusal' | 'body'> & { readonly command_id: string; readonly refusal: string | null; readonly body: string | null }

const columns = `sequence, command_id, command, at, correlation, outcome, refusal,
  (SELECT body FROM events WHERE events.sequence = trading_commands.sequence) AS body`

const shape: ListShape<CommandFilter, CommandSort, StoredCommand, TradingCommandRow> = {
  table: 'trading_commands', key: 'sequence', columns, sorts: commandSorts, usualSort: 'asked',
  rowOf: ({ command_id, refusal, body, ...same }) => ({
    ...same, commandId: command_id, refusal: refusal === null ? null : (JSON.parse(refusal) as Refusal), body: JSON.parse(body ?? '{}') as JournalBody,
  }),
  conditionOf: ({ outcomes, commands, rules, asked, search }) =>
    allOf(oneOf('outcome', outcomes), oneOf('command', commands), oneOf('rule', rules), between('at', asked), hasWords('search', search)),
}

/** Which command is whose: an order's timeline begins with what somebody asked for. */
export interface CommandsReader {
  list(query: ListQuery<CommandFilter, CommandSort>): Omit<ListAnswer<TradingCommandRow>, 'applied'>
  /** The command that made the order, if it is known. */
  commandOf(order: string): string | undefined
  /** Records in which this command was asked. */
  recordsOfCommand(commandId: string): readonly number[]
  /** Records in which the engine took a command of this order. */
  takenFor(order: string): readonly number[]
  /** Records of commands that name the order. */
  recordsAbout(order: string): readonly number[]
}

export interface CommandsTable extends CommandsReader {
  add(command: TakenCommand): void
  /** What it led to: the orders that it made. */
  link(sequence: number, commandId: string, orders: readonly string[]): void
  /** What the engine said; of one that was asked twice, to the first. */
  settle(commandId: string, outcome: 'taken' | 'refused' | 'lost', refusal?: Refusal): void
  clear(): void
}

export interface TakenCommand {
  readonly sequence: number
  readonly commandId: string
  readonly command: string
  readonly at: number
  readonly correlation: string | null
  /** The order that it names, where it names one. */
  readonly subject: string | null
  readonly search: string
}

/** A command that is asked again and again is shown so often and no more. */
const timesMax = 20

export function createCommandsReader(connection: Connection): CommandsReader {
  const commandOf = connection.prepare<[string], string>(
    'SELECT command_id FROM trading_command_orders WHERE order_id = ? ORDER BY sequence LIMIT 1',
  ).pluck()
  const records = connection.prepare<[string, number], number>('SELECT sequence FROM trading_commands WHERE command_id = ? ORDER BY sequence LIMIT ?').pluck()
  const taken = connection.prepare<[string, number], number>('SELECT sequence FROM trading_command_orders WHERE order_id = ? ORDER BY sequence LIMIT ?').pluck()
  const about = connection.prepare<[string, number], number>('SELECT sequence FROM trading_commands WHERE subject = ? ORDER BY sequence LIMIT ?').pluck()
  return {
    list: createList(connection, shape),
    commandOf: (order) => commandOf.get(order),
    recordsOfCommand: (commandId) => records.all(commandId, timesMax),
    takenFor: (order) => taken.all(order, timesMax),
    recordsAbout: (order) => about.all(order, timesMax),
  }
}

export function createCommandsTable(connection: Connection): CommandsTable {
  const insert = connection.prepare(`
    INSERT INTO trading_commands (sequence, command_id, command, at, correlation, subject, search)
    VALUES (@sequence, @commandId, @command, @at, @correlation, @subject, @search)`)
  const link = connection.prepare('INSERT OR IGNORE INTO trading_command_orders (order_id, sequence, command_id) VALUES (?, ?, ?)')
  const settle = connection.prepare(`
    UPDATE trading_commands SET outcome = @outcome, rule = @rule, refusal = @refusal
    WHERE sequence = (SELECT min(sequence) FROM trading_commands WHERE command_id = @commandId AND (outcome = 'none' OR @outcome = 'lost'))`)
  const clearCommands = connection.prepare('DELETE FROM trading_commands')
  const clearLinks = connection.prepare('DELETE FROM trading_command_orders')
  return {
    ...createCommandsReader(connection),
    add: (command) => void insert.run(command),
    link: (sequence, commandId, orders) => {
      for (const order of orders) link.run(order, sequence, commandId)
    },
    settle: (commandId, outcome, refusal) => {
      settle.run({ commandId, outcome, rule: refusal?.rule ?? null, refusal: refusal === undefined ? null : JSON.stringify(refusal) })
    },
    clear: () => {
      clearCommands.run()
      clearLinks.run()
    },
  }
}
