import type { z } from 'zod'
import type { Profile } from '../supervisor/index.ts'
import type { Program, Surroundings } from './program.ts'
import type { CliKey, Speech } from './speech.ts'
import type { TerminalStyle } from './terminal-style.ts'
import type { ExitCode, Refused } from './trouble.ts'

/** A flag that takes a value; its schema makes something of the text. */
export interface ValueFlag<Value> {
  readonly kind: 'value'
  /** Stands for the value in the help. */
  readonly placeholder: string
  readonly description: CliKey
  /** What the value has to be, for the sentence about one that is not. */
  readonly expected: CliKey
  readonly schema: z.ZodType<Value, string>
}

export interface SwitchFlag {
  readonly kind: 'switch'
  readonly description: CliKey
}

export type Flag = ValueFlag<unknown> | SwitchFlag
export type FlagTable = Readonly<Record<string, Flag>>

export type FlagValues<Flags extends FlagTable> = {
  readonly [Name in keyof Flags]: Flags[Name] extends ValueFlag<infer Value> ? Value | undefined : boolean
}

export const valueFlag = <Value>(flag: Omit<ValueFlag<Value>, 'kind'>): ValueFlag<Value> => ({ ...flag, kind: 'value' })
export const switchFlag = (description: CliKey): SwitchFlag => ({ kind: 'switch', description })

/** One line of the command table. */
export interface Command<Flags extends FlagTable = FlagTable, Output extends z.ZodType = z.ZodType> {
  /** One word, or two of which the first names a family: `audit verify`. */
  readonly name: string
  readonly summary: CliKey
  /** The word that may follow the command's name. */
  readonly argument?: string
  /** How many words that may be; 1 when it is not said. */
  readonly argumentWords?: number
  readonly flags: Flags
  /** Of the document that `--json` prints. */
  readonly output: Output
  readonly exitCodes: readonly ExitCode[]
  readonly examples: readonly string[]
  run(context: CommandContext, input: CommandInput<Flags>): Promise<Outcome<z.output<Output>>>
  /** The lines for people. */
  print(value: z.output<Output>, print: Printing): readonly string[]
}

/** Checks one line of the table: a command's flags, output and print have to fit together. */
export const defineCommand = <Flags extends FlagTable, Output extends z.ZodType>(
  command: Command<Flags, Output>,
): Command<Flags, Output> => command

export interface CommandInput<Flags extends FlagTable> {
  readonly flags: FlagValues<Flags>
  readonly argument: string | undefined
}

export type Outcome<Value> = Done<Value> | Refused

export interface Done<Value> {
  readonly ok: true
  readonly value: Value
  /** 1 when the command did its work and what it checked is not well. */
  readonly exitCode?: 0 | 1
  /** For a command that lives on after it has answered. */
  readonly stay?: () => Promise<ExitCode>
}

export const done = <Value>(value: Value): Done<Value> => ({ ok: true, value })

export interface Printing {
  readonly speech: Speech
  readonly style: TerminalStyle
}

/** What a command is given. */
export interface CommandContext {
  readonly surroundings: Surroundings
  readonly program: Program
  readonly commands: readonly Command[]
  readonly home: string
  readonly profile: Profile
  readonly timeoutMs: number
  /** What the caller asked for by `--timeout`, if he did. */
  readonly givenTimeoutMs?: number
  readonly speech: Speech
  /** A line for people beside the answer; stdout belongs to the answer alone. */
  note(line: string): void
}

/** For work that takes its time: so long at most, unless the caller has said how long. */
export const patientFor = (context: CommandContext, timeoutMs: number): CommandContext => ({
  ...context,
  timeoutMs: context.givenTimeoutMs ?? timeoutMs,
})
