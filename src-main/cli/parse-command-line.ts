import { parseArgs } from 'node:util'
import type { Command, Flag, FlagTable, FlagValues } from './command.ts'
import { didYouMean } from '../base/index.ts'
import { globalFlags, type GlobalFlags } from './global-flags.ts'
import type { Speech } from './speech.ts'
import { badInput, refuse, type Refused, type Trouble } from './trouble.ts'
import { shortened, unknownCommand } from './unknown-command.ts'

export interface CommandLine {
  readonly command: Command | undefined
  readonly flags: FlagValues<FlagTable>
  readonly globals: GlobalFlags
  readonly argument: string | undefined
}

export type ParsedCommandLine = { readonly ok: true; readonly line: CommandLine } | Refused

/** Never throws: whatever stands on the command line, the answer is a command or one sentence. */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[], speech: Speech): ParsedCommandLine {
  const tokens = tokensOf(argv, commands)
  const words = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []))
  const isFamilyAlone = words.length === 1 && isFamily(words[0], commands)
  // A family alone asks for nothing yet: it is told what there is.
  const command = findCommand(words, commands) ?? (isFamilyAlone ? findCommand(['help'], commands) : undefined)
  const given = isFamilyAlone ? words : words.slice(command?.name.split(' ').length ?? 1)
  if (words.length > 0 && command === undefined) {
    // Of a family, the words together say what was meant: `audit verfy`.
    const meant = isFamily(words[0], commands) ? words.slice(0, 2).join(' ') : words[0]
    return refuse(unknownCommand(meant ?? '', commands.map((known) => known.name), speech))
  }
  const read = readFlags(tokens, { ...command?.flags, ...globalFlags }, speech)
  if (!read.ok) return read
  const taken = command?.argument === undefined ? 0 : (command.argumentWords ?? 1)
  const surplus = given[taken]
  if (surplus !== undefined) {
    const message = speech.say('cli.error.surplus-argument', { given: shortened(surplus), command: command?.name ?? '' })
    return refuse(badInput('cli.surplus-argument', message))
  }
  const argument = given.length === 0 ? undefined : given.join(' ')
  // The schemas of these very flags made the values.
  return { ok: true, line: { command, argument, flags: read.values, globals: read.values as GlobalFlags } }
}

/** A command's name is one word or two; the longer one wins. */
function findCommand(words: readonly string[], commands: readonly Command[]): Command | undefined {
  const named = (name: string | undefined): Command | undefined => commands.find((candidate) => candidate.name === name)
  return (words.length > 1 ? named(words.slice(0, 2).join(' ')) : undefined) ?? named(words[0])
}

/** Whether commands of two words begin with this one. */
const isFamily = (word: string | undefined, commands: readonly Command[]): boolean =>
  word !== undefined && commands.some(({ name }) => name.startsWith(`${word} `))

export interface WantedForm {
  readonly isJson: boolean
  readonly lang: string | undefined
}

/** In what form to answer, found before anything is judged: the judgement itself must come in that form. */
export function wantedForm(argv: readonly string[], commands: readonly Command[]): WantedForm {
  const end = argv.indexOf('--')
  const isJson = argv.slice(0, end < 0 ? undefined : end).includes('--json')
  const lang = tokensOf(argv, commands).findLast((token) => token.kind === 'option' && token.name === 'lang')?.value
  return { isJson, lang }
}

type Token = { readonly kind: 'positional'; readonly value: string } | OptionToken

interface OptionToken {
  readonly kind: 'option'
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly isInline: boolean
}

/** Which word is the command can only be told when it is known which flags take a value: those of all commands. */
function tokensOf(argv: readonly string[], commands: readonly Command[]): readonly Token[] {
  const flags = [globalFlags, ...commands.map((command) => command.flags)].flatMap((table: FlagTable) => Object.entries(table))
  const options = Object.fromEntries(
    flags.map(([name, flag]) => [name, flag.kind === 'value' ? { type: 'string' as const } : { type: 'boolean' as const }]),
  )
  const { tokens } = parseArgs({
    args: [...argv],
    options: { ...options, help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  return tokens.flatMap((token): readonly Token[] => {
    if (token.kind === 'positional') return [{ kind: 'positional', value: token.value }]
    if (token.kind !== 'option') return []
    const { name, rawName, value } = token
    return [{ kind: 'option', name, rawName, value, isInline: token.inlineValue === true }]
  })
}

type ReadFlags = { readonly ok: true; readonly values: FlagValues<FlagTable> } | Refused

function readFlags(tokens: readonly Token[], known: FlagTable, speech: Speech): ReadFlags {
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(known).flatMap(([name, flag]) => (flag.kind === 'switch' ? [[name, false]] : [])),
  )
  for (const token of tokens) {
    if (token.kind === 'positional') continue
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined
    if (flag === undefined) return refuse(unknownFlag(token, known, speech))
    const value = readFlag(token, flag, speech)
    if (!value.ok) return value
    values[token.name] = value.value
  }
  return { ok: true, values: values as FlagValues<FlagTable> }
}

type ReadFlag = { readonly ok: true; readonly value: unknown } | Refused

function readFlag(token: OptionToken, flag: Flag, speech: Speech): ReadFlag {
  const given = token.rawName
  if (flag.kind === 'switch') {
    if (token.value === undefined) return { ok: true, value: true }
    return refuse(badInput('cli.flag-takes-no-value', speech.say('cli.error.flag-takes-no-value', { flag: given })))
  }
  const expected = speech.sayPhrase({ key: flag.expected })
  // `--reason --json` is a forgotten reason, not a strange one; who means it writes `--reason=--json`.
  if (token.value === undefined || (!token.isInline && /^--?[a-z]/i.test(token.value))) {
    return refuse(badInput('cli.flag-needs-value', speech.say('cli.error.flag-needs-value', { flag: given, expected })))
  }
  const parsed = flag.schema.safeParse(token.value)
  if (parsed.success) return { ok: true, value: parsed.data }
  const message = speech.say('cli.error.flag-value', { flag: given, expected, given: shortened(token.value) })
  return refuse(badInput('cli.flag-value', message))
}

function unknownFlag(token: OptionToken, known: FlagTable, speech: Speech): Trouble {
  const meant = didYouMean(token.name, Object.keys(known))
  const given = shortened(token.rawName)
  const message =
    meant === undefined
      ? speech.say('cli.error.unknown-flag', { given })
      : speech.say('cli.error.unknown-flag-meant', { given, meant: `--${meant}` })
  return badInput('cli.unknown-flag', message)
}
