import { quantCategories, quantEntries, type QuantCategory, type QuantEntry, type QuantParameter } from '../../src-main/quant/index.ts'
import { tidy } from './contract-reference.ts'
import { exampleOf, type QuantExample } from './quant-reference-example.ts'
import { quantPicture } from './quant-reference-picture.ts'

const folder = 'docs/reference/quant'
const madeBy = 'Written by `npm run docs:write` from the catalogue of the quant library; not by hand.'

const headings: Readonly<Record<QuantCategory, string>> = {
  indicator: 'Indicators',
  statistics: 'Statistics',
  risk: 'Risk',
  performance: 'Performance',
  sizing: 'Position sizes',
  portfolio: 'Portfolios',
  microstructure: 'Microstructure and options',
  distributions: 'Distributions',
}

/** A page for each function of the library, a picture for each indicator, and the page that leads to them. */
export function quantReference(): ReadonlyMap<string, string> {
  const files = new Map([[`${folder}/README.md`, indexPage()]])
  for (const entry of quantEntries) {
    const example = exampleOf(entry)
    const picture = example === undefined ? undefined : quantPicture(entry, example)
    files.set(`${folder}/${fileOf(entry)}.md`, pageOf(entry, example, picture !== undefined))
    if (picture !== undefined) files.set(`${folder}/pictures/${fileOf(entry)}.svg`, picture)
  }
  return files
}

/** Some file systems do not tell cases apart. */
const fileOf = ({ name }: QuantEntry): string => name.toLowerCase()

function indexPage(): string {
  return tidy([
    '# Quant library',
    '',
    madeBy,
    '',
    `${quantEntries.length} functions. \`ballast quant FILE\` computes them; see [the command](../cli.md#quant).`,
    '',
    '## The file',
    '',
    '```json',
    '{',
    '  "series": { "close": [101.2, 101.9, 100.7, 102.4], "returns": [[0.01, -0.02], [0.004, 0.01], [-0.01, 0.003]] },',
    '  "cases": [',
    '    { "id": "average", "fn": "sma", "params": { "period": 3 }, "inputs": ["close"] },',
    '    { "id": "weights", "fn": "hrp", "params": { "linkage": "ward" }, "inputs": ["returns"] }',
    '  ]',
    '}',
    '```',
    '',
    'A case names a function, its parameters, and its inputs: names of series, in the order of the function’s page. A matrix is a list of rows, one for each point of',
    'time. `params` and `inputs` may be left out; fields that are not known are left alone.',
    '',
    'The answer has `results`, by case and output, `unknown`, the cases whose function is not there, and `failed`, each with its `code` and one sentence. One case',
    'takes nothing from another: the command succeeds when the file was read, whatever is in these lists. What is not available, such as the first bars of an',
    'average, is null.',
    '',
    ...quantCategories.flatMap((category) => {
      const members = quantEntries.filter((entry) => entry.category === category)
      if (members.length === 0) return []
      const rows = members.map((entry) => `| [\`${entry.name}\`](${fileOf(entry)}.md) | ${cell(entry.title)} | ${entry.outputs.map(({ name }) => `\`${name}\``).join(', ')} |`)
      return [`## ${headings[category]}`, '', '| function | what it is | outputs |', '| --- | --- | --- |', ...rows, '']
    }),
  ])
}

function pageOf(entry: QuantEntry, example: QuantExample | undefined, hasPicture: boolean): string {
  const { name, title, category, formula, convention, source, parameters, inputs, outputs } = entry
  return tidy([
    `# ${prose(title)}`,
    '',
    madeBy,
    '',
    `\`${name}\`, one of [${headings[category].toLowerCase()}](README.md#${headings[category].toLowerCase().replaceAll(' ', '-')}).`,
    '',
    ...(hasPicture ? [`![${prose(title)} of a made-up series](pictures/${fileOf(entry)}.svg)`, ''] : []),
    '## Formula',
    '',
    '```text',
    formula,
    '```',
    '',
    '## Convention',
    '',
    prose(convention),
    '',
    '## Parameters',
    '',
    ...(parameters.length === 0 ? ['None.'] : ['| parameter | kind | when it is not given | meaning |', '| --- | --- | --- | --- |', ...parameters.map(parameterRow)]),
    '',
    '## Inputs',
    '',
    ...(inputs.length === 0
      ? ['None: everything is in the parameters.']
      : ['| input | shape | meaning |', '| --- | --- | --- |', ...inputs.map((input) => `| \`${input.name}\` | ${input.shape} | ${cell(input.meaning)} |`)]),
    '',
    '## Outputs',
    '',
    '| output | shape | meaning |',
    '| --- | --- | --- |',
    ...outputs.map((output) => `| \`${output.name}\` | ${output.shape} | ${cell(output.meaning)} |`),
    '',
    '## Warm-up',
    '',
    ...warmUp(entry, example),
    '',
    '## Agrees with',
    '',
    prose(source),
  ])
}

function parameterRow({ name, kind, preset, least, most, choices, meaning }: QuantParameter): string {
  const range = choices === undefined ? rangeOf(least, most) : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`
  const without = preset === undefined ? 'has to be given' : preset === null ? 'is left out' : `\`${JSON.stringify(preset)}\``
  return `| \`${name}\` | ${kind}${range} | ${without} | ${cell(meaning)} |`
}

function rangeOf(least: number | undefined, most: number | undefined): string {
  if (least === undefined) return most === undefined ? '' : ` up to ${most}`
  return most === undefined ? ` from ${least}` : ` from ${least} to ${most}`
}

function warmUp({ category, outputs }: QuantEntry, example: QuantExample | undefined): readonly string[] {
  if (category !== 'indicator') return ['None: there is one answer for the whole input.']
  if (example === undefined) return ['It depends on the parameters; bars without a value are null.']
  const firsts = outputs.map(({ name }) => `\`${name}\` ${firstOf(example.outputs[name])}`)
  return [`With the parameters as they are when not given, counted from bar 0: ${firsts.join(', ')}. What is not available is null.`]
}

function firstOf(values: unknown): string {
  const first = Array.isArray(values) ? values.findIndex((value) => value !== null) : -1
  return first < 0 ? 'has no value on so few bars' : `begins at bar ${first}`
}

/** Text of the catalogue is plain, and Markdown must not read anything into it. */
const prose = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().replaceAll(/[\\*[\]<>~]/g, String.raw`\$&`).replaceAll(/(?<=\W|^)_|_(?=\W|$)/g, String.raw`\_`)
const cell = (text: string): string => prose(text).replaceAll('|', String.raw`\|`)
