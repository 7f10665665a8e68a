import { z } from 'zod'
import { valueFlag } from '../command.ts'

/** Flags that more than one command has. */
export const portFlag = valueFlag({
  placeholder: 'N',
  description: 'cli.flag.port',
  expected: 'cli.expected.port',
  schema: z.string().regex(/^\d{1,5}$/).transform(Number).pipe(z.int().min(0).max(65_535)),
})

export const reasonFlag = valueFlag({
  placeholder: 'TEXT',
  description: 'cli.flag.reason',
  expected: 'cli.expected.reason',
  schema: z.string().trim().min(1).max(200),
})
