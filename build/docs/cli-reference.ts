import { cliReference, commands, createSpeech, type FlagReference } from '../../src-main/cli/index.ts'
import { tidy } from './contract-reference.ts'
import { describeSchema } from './describe-schema.ts'

/** Where a command's subject has a reference of its own. */
const seeAlso: Readonly<Record<string, string>> = {
  quant: 'The functions, the form of the file and the conventions are in [the reference of the quant library](quant/README.md).',
  'risk check': 'The limits are in [the reference of the risk policy](risk-policy.md).',
}

/** docs/reference/cli.md, whole. */
export function commandLineReference(): string {
  const reference = cliReference(commands, createSpeech('en'))
  const meanings = new Map(reference.exitCodes.map(({ exitCode, meaning }) => [exitCode, meaning]))
  return tidy([
    '# Command line',
    '',
    'Written by `npm run docs:write` from the command table in `src-main/cli/commands.ts`; not by hand.',
    '',
    'In a checkout, `npm run -s ballast -- status` stands for `ballast status`.',
    '',
    '| command | what it does |',
    '| --- | --- |',
    ...reference.commands.map(({ name, summary }) => `| [\`${name}\`](#${name}) | ${summary} |`),
    '',
    '## Flags of every command',
    '',
    ...flagTable(reference.globalFlags),
    '',
    '## Exit codes',
    '',
    '| code | meaning |',
    '| --- | --- |',
    ...reference.exitCodes.map(({ exitCode, meaning }) => `| ${exitCode} | ${meaning} |`),
    '',
    '## Commands',
    '',
    ...reference.commands.flatMap(({ name, usage, summary, flags, exitCodes, examples }) => [
      `### ${name}`,
      '',
      summary,
      '',
      '```sh',
      usage,
      '```',
      '',
      ...flagTable(flags),
      '',
      ...(seeAlso[name] === undefined ? [] : [seeAlso[name], '']),
      `Exit codes: ${exitCodes.map((exitCode) => `${exitCode} (${meanings.get(exitCode) ?? ''})`).join(', ')}.`,
      '',
      'Examples:',
      '',
      '```sh',
      ...examples,
      '```',
      '',
      'With `--json`:',
      '',
      ...outputOf(name),
      '',
    ]),
  ])
}

function flagTable(flags: readonly FlagReference[]): readonly string[] {
  if (flags.length === 0) return []
  const rows = flags.map(({ flag, description }) => `| \`${flag.replaceAll('|', '\\|')}\` | ${description} |`)
  return ['| flag | what it does |', '| --- | --- |', ...rows]
}

function outputOf(name: string): readonly string[] {
  const command = commands.find((candidate) => candidate.name === name)
  return command === undefined ? [] : describeSchema(command.output, 'contract.md')
}
