import type { Command, Flag } from './command.ts'
import { globalFlags } from './global-flags.ts'
import type { Speech } from './speech.ts'
import type { ExitCode } from './trouble.ts'

/** The command table as plain data, for the help and the written reference. */
export interface CliReference {
  readonly commands: readonly CommandReference[]
  readonly globalFlags: readonly FlagReference[]
  readonly exitCodes: readonly ExitCodeReference[]
}

export interface CommandReference {
  readonly name: string
  readonly usage: string
  readonly summary: string
  readonly flags: readonly FlagReference[]
  readonly exitCodes: readonly ExitCode[]
  readonly examples: readonly string[]
}

export interface FlagReference {
  /** As it is written: `--port N`. */
  readonly flag: string
  readonly description: string
}

export interface ExitCodeReference {
  readonly exitCode: ExitCode
  readonly meaning: string
}

const meanings = {
  0: 'cli.exit.0',
  1: 'cli.exit.1',
  2: 'cli.exit.2',
  3: 'cli.exit.3',
  70: 'cli.exit.70',
  130: 'cli.exit.130',
} as const satisfies Record<ExitCode, string>

export function cliReference(commands: readonly Command[], speech: Speech): CliReference {
  return {
    commands: commands.map((command) => commandReference(command, speech)),
    globalFlags: flagReferences(globalFlags, speech),
    exitCodes: ([0, 1, 2, 3, 70, 130] as const).map((exitCode) => ({ exitCode, meaning: speech.say(meanings[exitCode]) })),
  }
}

export function commandReference(command: Command, speech: Speech): CommandReference {
  const { name, summary, argument, flags, exitCodes, examples } = command
  const usage = ['ballast', name, argument === undefined ? '' : `[${argument}]`, Object.keys(flags).length > 0 ? '[flags]' : '']
  return {
    name,
    usage: usage.filter((word) => word !== '').join(' '),
    summary: speech.sayPhrase({ key: summary }),
    flags: flagReferences(flags, speech),
    exitCodes,
    examples,
  }
}

function flagReferences(flags: Readonly<Record<string, Flag>>, speech: Speech): readonly FlagReference[] {
  return Object.entries(flags).map(([name, flag]) => ({
    flag: flag.kind === 'value' ? `--${name} ${flag.placeholder}` : `--${name}`,
    description: speech.sayPhrase({ key: flag.description }),
  }))
}
