/** `npm run docs:write`: writes docs/reference from the contract and the command table; `--check` only compares. */
import { join } from 'node:path'
import { printProblem } from '../docs/problem.ts'
import { staleReferences, writeReferences } from '../docs/references.ts'

const root = join(import.meta.dirname, '../..')
if (process.argv.includes('--check')) {
  const stale = staleReferences(root)
  for (const problem of stale) console.error(printProblem(problem))
  process.exit(stale.length === 0 ? 0 : 1)
}
writeReferences(root)
