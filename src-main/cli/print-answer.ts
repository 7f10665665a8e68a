import type { Command } from './command.ts'
import type { Surroundings } from './program.ts'
import type { Speech } from './speech.ts'
import { terminalStyle } from './terminal-style.ts'
import { errorDocument, type ExitCode, type Trouble } from './trouble.ts'

/** How this run answers. */
export interface Form {
  readonly surroundings: Surroundings
  readonly speech: Speech
  readonly isJson: boolean
}

/** Throws when the answer is not what the command promises: that is a bug, and nothing is printed. */
export function printAnswer({ surroundings, speech, isJson }: Form, command: Command, value: unknown): void {
  const { stdout, env } = surroundings
  const checked = command.output.parse(value)
  if (isJson) return void stdout.write(`${JSON.stringify(checked)}\n`)
  const lines = command.print(checked, { speech, style: terminalStyle(stdout, env) })
  stdout.write(lines.map((line) => `${line}\n`).join(''))
}

export function printTrouble({ surroundings, isJson }: Form, { exitCode, kind, code, message }: Trouble): ExitCode {
  if (isJson) surroundings.stdout.write(`${JSON.stringify(errorDocument.parse({ error: { kind, code, message } }))}\n`)
  surroundings.stderr.write(`${message}\n`)
  return exitCode
}
