import type { QuantEntry } from '../../quant/index.ts'
import { defineCommand, done } from '../command.ts'
import { printAnswers, printList } from '../quant/print-quant.ts'
import { quantList, quantOutput } from '../quant/quant-output.ts'
import { badInput, refuse } from '../trouble.ts'

/** Asks for the table of functions instead of naming a file. */
const listWord = 'list'

export const quant = defineCommand({
  name: 'quant',
  summary: 'cli.quant.summary',
  argument: 'FILE',
  flags: {},
  output: quantOutput,
  exitCodes: [0, 2],
  examples: ['ballast quant cases.json', 'ballast quant cases.json --json', 'ballast quant list --json'],
  async run(context, { argument }) {
    const { speech } = context
    if (argument === undefined) return refuse(badInput('cli.quant-file-needed', speech.say('cli.quant.file-needed')))
    // The library is large, and every other command is quicker without it.
    const { evaluateDocument, quantEntries } = await import('../../quant/index.ts')
    if (argument === listWord) return done(quantList.parse({ functions: quantEntries.map(described) }))
    const { readQuantFile } = await import('../quant/read-quant-file.ts')
    const read = readQuantFile(argument, context)
    if (!read.ok) return read
    const { results, unknown, failed } = evaluateDocument(read.document)
    return done({
      results: Object.fromEntries(results),
      unknown: [...unknown],
      failed: failed.map(({ id, code, message }) => ({ id, code, error: message })),
    })
  },
  print(value, printing) {
    return 'functions' in value ? printList(value, printing) : printAnswers(value, printing)
  },
})

/** All of an entry but what computes it. */
const described = ({ name, title, category, formula, convention, source, parameters, inputs, outputs }: QuantEntry): Omit<QuantEntry, 'evaluate'> => ({
  name, title, category, formula, convention, source, parameters, inputs, outputs,
})
