import { checkCommands } from './check-commands.ts'
import { checkDependencies } from './check-dependencies.ts'
import { checkInvariants } from './check-invariants.ts'
import { checkChangeLog, checkDecisions } from './check-kept-files.ts'
import { checkKeys } from './check-keys.ts'
import { checkLayers } from './check-layers.ts'
import { checkLinks } from './check-links.ts'
import { checkNames } from './check-names.ts'
import { checkPaths } from './check-paths.ts'
import { checkRiskRegister } from './check-risk-register.ts'
import { checkGlossary } from './check-words.ts'
import type { Problem } from './problem.ts'
import { madeReferences, staleReferences, type References } from './references.ts'
import { readRepository, type Repository } from './repository.ts'

const checks: readonly ((repository: Repository) => readonly Problem[])[] = [
  checkLinks, checkCommands, checkNames, checkPaths, checkDecisions, checkChangeLog, checkRiskRegister, checkGlossary,
  checkInvariants, checkDependencies, checkLayers, checkKeys,
]

/** Everything in the documentation that is not so, in the order of the files. */
export function findLies(root: string, references: References = madeReferences): readonly Problem[] {
  const repository = readRepository(root)
  const problems = [...checks.flatMap((check) => check(repository)), ...staleReferences(root, references)]
  return problems.sort((left, right) => left.file.localeCompare(right.file) || left.line - right.line)
}
