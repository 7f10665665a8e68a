/** `npm run docs:check`: lists what the documentation says and what is not so; exits with 1 if there is anything. */
import { join } from 'node:path'
import { findLies } from '../docs/check-repository.ts'
import { printProblem } from '../docs/problem.ts'

const problems = findLies(join(import.meta.dirname, '../..'))
for (const problem of problems) console.error(printProblem(problem))
if (problems.length > 0) {
  console.error(`\n${problems.length} ${problems.length === 1 ? 'statement is' : 'statements are'} not so.`)
  process.exit(1)
}
