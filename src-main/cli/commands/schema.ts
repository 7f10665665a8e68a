import { z } from 'zod'
import { defineCommand, done } from '../command.ts'
import { errorDocument, refuse } from '../trouble.ts'
import { unknownCommand } from '../unknown-command.ts'

/** Also asks for the document that every command prints when it fails. */
const errorName = 'error'

const dialect = 'https://json-schema.org/draft/2020-12/schema'

const names = z.strictObject({ schemas: z.array(z.string()) })
const output = z.union([names, z.looseObject({ $schema: z.literal(dialect) })])

export const schema = defineCommand({
  name: 'schema',
  summary: 'cli.schema.summary',
  argument: 'COMMAND',
  argumentWords: 2,
  flags: {},
  output,
  exitCodes: [0, 2],
  examples: ['ballast schema', 'ballast schema doctor', 'ballast schema error'],
  run({ commands, speech }, { argument }) {
    const known = [...commands.map(({ name }) => name), errorName]
    if (argument === undefined) return Promise.resolve(done({ schemas: known }))
    const found = argument === errorName ? errorDocument : commands.find(({ name }) => name === argument)?.output
    if (found !== undefined) return Promise.resolve(done({ ...z.toJSONSchema(found), $schema: dialect }))
    return Promise.resolve(refuse(unknownCommand(argument, known, speech)))
  },
  print: (value) => names.safeParse(value).data?.schemas ?? JSON.stringify(value, undefined, 2).split('\n'),
})
