import { findProfile, profileNames } from '../supervisor/index.ts'
import type { Command, CommandContext, Outcome } from './command.ts'
import { commands } from './commands.ts'
import { defaultProfile, defaultTimeoutMs, homeOf } from './global-flags.ts'
import { parseCommandLine, wantedForm, type CommandLine } from './parse-command-line.ts'
import { printAnswer, printTrouble, type Form } from './print-answer.ts'
import type { Program, Surroundings } from './program.ts'
import { chooseLocale, createSpeech, type Speech } from './speech.ts'
import { terminalStyle } from './terminal-style.ts'
import { badInput, refuse, type ExitCode, type Refused, type Trouble } from './trouble.ts'
import { shortened } from './unknown-command.ts'

/** One run of the command line, from its words to its exit code. It never throws. */
export async function runCli(surroundings: Surroundings, program: Program): Promise<ExitCode> {
  const { isJson, lang } = wantedForm(surroundings.argv, commands)
  const speech = createSpeech(chooseLocale(lang, surroundings.env))
  const form: Form = { surroundings, speech, isJson }
  try {
    return await answer(form, program)
  } catch (error) {
    // Expected trouble is a value, so this is a bug, and the one who reports it needs the place.
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    surroundings.stderr.write(`${detail}\n`)
    return printTrouble(form, { exitCode: 70, kind: 'bug', code: 'cli.bug', message: speech.say('cli.error.bug') })
  }
}

async function answer(form: Form, program: Program): Promise<ExitCode> {
  const { surroundings, speech } = form
  const parsed = parseCommandLine(surroundings.argv, commands, speech)
  if (!parsed.ok) return printTrouble(form, parsed.trouble)
  const { command, input } = orderOf(parsed.line)
  const context = contextOf(parsed.line, form, program)
  if (!context.ok) return printTrouble(form, context.trouble)
  const outcome: Outcome<unknown> = await command.run(context.value, input)
  if (!outcome.ok) return printTrouble(form, outcome.trouble)
  printAnswer(form, command, outcome.value)
  return outcome.stay === undefined ? (outcome.exitCode ?? 0) : outcome.stay()
}

interface Order {
  readonly command: Command
  readonly input: Parameters<Command['run']>[1]
}

/** `--help` and `--version` are other ways to write two commands; no command at all is a question for help. */
function orderOf({ command, flags, globals, argument }: CommandLine): Order {
  const wantsHelp = globals.help || (command === undefined && !globals.version)
  if (wantsHelp) return { command: named('help'), input: { flags, argument: command?.name === 'help' ? argument : command?.name } }
  if (command === undefined || globals.version) return { command: named('version'), input: { flags, argument: undefined } }
  return { command, input: { flags, argument } }
}

function named(name: 'help' | 'version'): Command {
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) throw new Error(`the command table has no ${name}`)
  return command
}

type ContextOf = { readonly ok: true; readonly value: CommandContext } | Refused

function contextOf({ globals }: CommandLine, { surroundings, speech }: Form, program: Program): ContextOf {
  const home = homeOf(globals, surroundings)
  const name = globals.profile ?? defaultProfile
  const profile = findProfile(home, name)
  if (profile === undefined) return refuse(unknownProfile(name, speech))
  const style = terminalStyle(surroundings.stderr, surroundings.env)
  const note = (line: string): void => void surroundings.stderr.write(`${style.quiet(line)}\n`)
  const { timeout } = globals
  const patience = timeout === undefined ? { timeoutMs: defaultTimeoutMs } : { timeoutMs: timeout, givenTimeoutMs: timeout }
  return { ok: true, value: { surroundings, program, commands, home, profile, ...patience, speech, note } }
}

function unknownProfile(name: string, speech: Speech): Trouble {
  const message = speech.say('cli.error.unknown-profile', { given: shortened(name), known: profileNames.join(', ') })
  return badInput('cli.unknown-profile', message)
}
