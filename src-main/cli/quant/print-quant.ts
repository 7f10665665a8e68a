import type { QuantValue } from '../../quant/index.ts'
import type { Printing } from '../command.ts'
import type { Speech } from '../speech.ts'
import { alignRows } from '../terminal-style.ts'
import { quantFunction, type QuantAnswers, type QuantList } from './quant-output.ts'

/** One line for each output: long series are told by their length and their last value. */
export function printAnswers({ results, unknown, failed }: QuantAnswers, { speech, style }: Printing): readonly string[] {
  const rows = Object.entries(results).flatMap(([id, outputs]) =>
    Object.entries(outputs).map(([name, value]): readonly [string, string] => [`${id}  ${name}`, summaryOf(value, speech)]),
  )
  const count = Object.keys(results).length
  return [
    ...alignRows(rows),
    ...unknown.map((id) => style.warning(speech.say('cli.quant.unknown', { id }))),
    ...failed.map(({ id, error }) => style.bad(speech.say('cli.quant.failed', { id, error }))),
    '',
    style.strong(speech.say('cli.quant.verdict', { done: count, unknown: unknown.length, failed: failed.length })),
  ]
}

export function printList({ functions }: QuantList, { speech, style }: Printing): readonly string[] {
  const width = Math.max(0, ...functions.map(({ name }) => name.length))
  return quantFunction.shape.category.options.flatMap((category) => {
    const members = functions.filter((entry) => entry.category === category)
    if (members.length === 0) return []
    const lines = members.map(({ name, title, parameters }) => {
      const names = parameters.map((parameter) => parameter.name).join(', ')
      return `  ${name.padEnd(width)}  ${title}${names === '' ? '' : style.quiet(` (${names})`)}`
    })
    return [style.strong(speech.say(`cli.quant.category.${category}`)), ...lines, '']
  })
}

function summaryOf(value: QuantValue, speech: Speech): string {
  if (value === null) return speech.say('cli.quant.none')
  if (typeof value === 'number') return numberText(value)
  if (typeof value !== 'object') return String(value)
  if (!Array.isArray(value)) return Object.entries(value).map(([name, entry]) => `${name} ${summaryOf(entry, speech)}`).join(', ')
  const entries = value as readonly QuantValue[]
  if (Array.isArray(entries[0])) return speech.say('cli.quant.matrix', { rows: entries.length, columns: entries[0].length })
  if (entries.length <= shownWhole) return entries.map((entry) => summaryOf(entry, speech)).join('  ')
  return speech.say('cli.quant.series', { length: entries.length, last: summaryOf(entries.at(-1) ?? null, speech) })
}

/** A list of this length still fits beside its name. */
const shownWhole = 8

/** Statistics, not money: as many digits as a person compares. */
const numberText = (value: number): string => String(Number(value.toPrecision(8)))
