import type { Connection } from '../connection.ts'

/** Which command is whose: an order's timeline begins with what somebody asked for. */
export interface CommandsReader {
  /** The command that made the order, if it is known. */
  commandOf(order: string): string | undefined
  /** Records in which this command was asked. */
  recordsOfCommand(commandId: string): readonly number[]
  /** Records of commands that name the order. */
  recordsAbout(order: string): readonly number[]
}

export interface CommandsTable extends CommandsReader {
  add(command: TakenCommand): void
  /** What it led to: the orders that it made. */
  link(sequence: number, commandId: string, orders: readonly string[]): void
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
}

/** A command that is asked again and again is shown so often and no more. */
const timesMax = 20

export function createCommandsReader(connection: Connection): CommandsReader {
  const commandOf = connection.prepare<[string], string>(
    'SELECT command_id FROM trading_command_orders WHERE order_id = ? ORDER BY sequence LIMIT 1',
  ).pluck()
  const records = connection.prepare<[string, number], number>('SELECT sequence FROM trading_commands WHERE command_id = ? ORDER BY sequence LIMIT ?').pluck()
  const about = connection.prepare<[string, number], number>('SELECT sequence FROM trading_commands WHERE subject = ? ORDER BY sequence LIMIT ?').pluck()
  return {
    commandOf: (order) => commandOf.get(order),
    recordsOfCommand: (commandId) => records.all(commandId, timesMax),
    recordsAbout: (order) => about.all(order, timesMax),
  }
}

export function createCommandsTable(connection: Connection): CommandsTable {
  const insert = connection.prepare(`
    INSERT INTO trading_commands (sequence, command_id, command, at, correlation, subject)
    VALUES (@sequence, @commandId, @command, @at, @correlation, @subject)`)
  const link = connection.prepare('INSERT OR IGNORE INTO trading_command_orders (order_id, sequence, command_id) VALUES (?, ?, ?)')
  const clearCommands = connection.prepare('DELETE FROM trading_commands')
  const clearLinks = connection.prepare('DELETE FROM trading_command_orders')
  return {
    ...createCommandsReader(connection),
    add: (command) => void insert.run(command),
    link: (sequence, commandId, orders) => {
      for (const order of orders) link.run(order, sequence, commandId)
    },
    clear: () => {
      clearCommands.run()
      clearLinks.run()
    },
  }
}
