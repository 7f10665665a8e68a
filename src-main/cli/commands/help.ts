import { z } from 'zod'
import { cliReference, commandReference, type CliReference, type CommandReference } from '../command-reference.ts'
import { defineCommand, done, type Printing } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { exitCodes, refuse } from '../trouble.ts'
import { unknownCommand } from '../unknown-command.ts'

const exitCode = z.literal(exitCodes)
const flagReference = z.strictObject({ flag: z.string(), description: z.string() })
const oneCommand = z.strictObject({
  name: z.string(),
  usage: z.string(),
  summary: z.string(),
  flags: z.array(flagReference),
  exitCodes: z.array(exitCode),
  examples: z.array(z.string()),
})
const output = z.strictObject({
  commands: z.array(oneCommand),
  globalFlags: z.array(flagReference),
  exitCodes: z.array(z.strictObject({ exitCode, meaning: z.string() })),
})

/** The whole table, or the table of one command. */
export const help = defineCommand({
  name: 'help',
  summary: 'cli.help.summary',
  argument: 'COMMAND',
  argumentWords: 2,
  flags: {},
  output,
  exitCodes: [0, 2],
  examples: ['ballast help', 'ballast help serve', 'ballast serve --help'],
  run({ commands, speech }, { argument }) {
    const reference = cliReference(commands, speech)
    const command = commands.find(({ name }) => name === argument)
    // Arrays of the reference are readonly, those of a schema's output are not: copied by the schema itself.
    if (argument === undefined) return Promise.resolve(done(output.parse(reference)))
    if (command !== undefined) return Promise.resolve(done(output.parse({ ...reference, commands: [commandReference(command, speech)] })))
    const family = commands.filter(({ name }) => name.startsWith(`${argument} `))
    if (family.length > 0) {
      const members = family.map((member) => commandReference(member, speech))
      return Promise.resolve(done(output.parse({ ...reference, commands: members })))
    }
    return Promise.resolve(refuse(unknownCommand(argument, commands.map(({ name }) => name), speech)))
  },
  print(value, printing) {
    const [only, ...others] = value.commands
    return only !== undefined && others.length === 0 ? printOne(only, value, printing) : printAll(value, printing)
  },
})

function printAll({ commands, globalFlags }: CliReference, { speech, style }: Printing): readonly string[] {
  return [
    style.strong(speech.say('cli.help.title')),
    '',
    speech.say('cli.help.usage'),
    '',
    style.strong(speech.say('cli.help.commands')),
    ...alignRows(commands.map(({ name, summary }) => [name, summary]), '  '),
    '',
    style.strong(speech.say('cli.help.global-flags')),
    ...printFlags(globalFlags),
    '',
    speech.say('cli.help.more'),
  ]
}

function printOne(command: CommandReference, reference: CliReference, { speech, style }: Printing): readonly string[] {
  const exitCodes = reference.exitCodes.filter((known) => command.exitCodes.includes(known.exitCode))
  return [
    style.strong(command.usage),
    '',
    command.summary,
    ...(command.flags.length === 0 ? [] : ['', style.strong(speech.say('cli.help.flags')), ...printFlags(command.flags)]),
    '',
    style.strong(speech.say('cli.help.global-flags')),
    ...printFlags(reference.globalFlags),
    '',
    style.strong(speech.say('cli.help.exit-codes')),
    ...alignRows(exitCodes.map(({ exitCode, meaning }) => [String(exitCode), meaning]), '  '),
    '',
    style.strong(speech.say('cli.help.examples')),
    ...command.examples.map((example) => `  ${example}`),
  ]
}

const printFlags = (flags: CliReference['globalFlags']): readonly string[] =>
  alignRows(flags.map(({ flag, description }) => [flag, description]), '  ')
