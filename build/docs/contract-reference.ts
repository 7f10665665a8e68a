import {
  accessLevels, contract, errorCodes, errorTable, protocolVersion, type ContractEntry, type ContractTable,
} from '../../src-preload/contract/index.ts'
import { describeSchema, describeShape, headingOfShape, shapes } from './describe-schema.ts'
import { errorSentence } from './error-sentence.ts'

const kinds = { command: 'Commands', query: 'Queries', stream: 'Streams' } as const

/** docs/reference/contract.md, whole. */
export function contractReference(): string {
  const entries = Object.entries(contract satisfies ContractTable as ContractTable)
  const lines = [
    '# Contract',
    '',
    'Written by `npm run docs:write` from `src-preload/contract/table.ts` and `src-preload/contract/errors.ts`; not by hand.',
    '',
    `All that may cross between the engine and a screen or the command line, in version ${protocolVersion} of the protocol.`,
    'Values are JSON: times are whole milliseconds UTC.',
    `Access is one of ${accessLevels.map((level) => `\`${level}\``).join(', ')}; each includes those before it.`,
    '',
    '| entry | kind | access | what it is for |',
    '| --- | --- | --- | --- |',
    ...entries.map(([name, entry]) => indexRow(name, entry)),
    '',
    ...(['command', 'query', 'stream'] as const).flatMap((kind) => [
      `## ${kinds[kind]}`,
      '',
      ...entries.filter(([, entry]) => entry.kind === kind).flatMap(([name, entry]) => describeEntry(name, entry)),
    ]),
    '## Shapes',
    '',
    ...[...shapes.keys()].flatMap((name) => [headingOfShape(name), '', ...describeShape(name), '']),
    ...errorLines(),
  ]
  return tidy(lines)
}

const indexRow = (name: string, { kind, access, summary }: ContractEntry): string =>
  `| [\`${name}\`](#${anchorOf(name)}) | ${kind} | \`${access}\` | ${summary} |`

const anchorOf = (name: string): string => name.replaceAll('.', '').toLowerCase()

function describeEntry(name: string, entry: ContractEntry): readonly string[] {
  const facts = [`access \`${entry.access}\``, ...factsOf(entry)]
  const parts: readonly (readonly [string, ContractEntry['input']])[] =
    entry.kind === 'stream'
      ? [['Input', entry.input], ['Snapshot', entry.snapshot], ['Delta', entry.delta]]
      : [['Input', entry.input], ['Output', entry.output]]
  return [
    `### \`${name}\``,
    '',
    entry.summary,
    '',
    `${capitalised(entry.kind)}; ${facts.join('; ')}.`,
    '',
    ...parts.flatMap(([part, schema]) => [`**${part}**`, '', ...describeSchema(schema, ''), '']),
  ]
}

function factsOf(entry: ContractEntry): readonly string[] {
  if (entry.kind === 'query' || (entry.kind === 'command' && !entry.urgent)) return []
  if (entry.kind === 'command') return ['urgent: overtakes everything that waits, and is never refused for haste']
  const waits = entry.bound === 1 ? 'at most 1 delta waits' : `at most ${entry.bound} deltas wait`
  return [`delivery \`${entry.delivery}\``, waits]
}

function errorLines(): readonly string[] {
  return [
    '## Errors',
    '',
    'Branch on kind and code, never on the sentence. In a sentence, a word in braces is filled in from the details of the error.',
    '',
    '| code | kind | retry | what a person is told |',
    '| --- | --- | --- | --- |',
    ...errorCodes.map((code) => {
      const { kind, retry } = errorTable[code]
      return `| \`${code}\` | ${kind} | ${retry} | ${errorSentence(code)} |`
    }),
  ]
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** One empty line between parts, and one line end at the end. */
export const tidy = (lines: readonly string[]): string => `${lines.join('\n').replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n`
