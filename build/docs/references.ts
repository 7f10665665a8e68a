import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandLineReference } from './cli-reference.ts'
import { contractReference } from './contract-reference.ts'
import type { Problem } from './problem.ts'
import { quantReference } from './quant-reference.ts'
import { riskPolicyReference } from './risk-policy-reference.ts'

export type References = ReadonlyMap<string, string>

/** The documents that are made from the code, each with what it should say. */
export const madeReferences: References = new Map([
  ['docs/reference/contract.md', contractReference()],
  ['docs/reference/cli.md', commandLineReference()],
  ...quantReference(),
  ...riskPolicyReference(),
])

/** Everything in here is made: what is not, is left over from a function that is gone. */
const madeFolders = ['docs/reference/quant', 'docs/reference/quant/pictures'] as const

export function staleReferences(root: string, references: References = madeReferences): readonly Problem[] {
  const leftOver = leftOverFiles(root, references).map((file) => ({ file, line: 1, problem: 'is made from nothing any more: run npm run docs:write' }))
  const stale = [...references].flatMap(([file, text]) => {
    const current = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').split('\n') : []
    const wanted = text.split('\n')
    const line = wanted.findIndex((text, index) => text !== current[index]) + 1
    if (line === 0 && current.length === wanted.length) return []
    return [{ file, line: Math.max(1, line), problem: 'is not what the code says: run npm run docs:write' }]
  })
  return [...stale, ...leftOver]
}

const leftOverFiles = (root: string, references: References): readonly string[] =>
  madeFolders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true }).map((entry) => ({ entry, file: `${folder}/${entry.name}` })))
    .filter(({ entry, file }) => entry.isFile() && !references.has(file))
    .map(({ file }) => file)

export function writeReferences(root: string, references: References = madeReferences): void {
  for (const file of leftOverFiles(root, references)) rmSync(join(root, file))
  for (const [file, text] of references) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}
