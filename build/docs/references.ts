import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { commandLineReference } from './cli-reference.ts'
import { contractReference } from './contract-reference.ts'
import type { Problem } from './problem.ts'

/** The documents that are made from the code, each with what it should say. */
const references: ReadonlyMap<string, string> = new Map([
  ['docs/reference/contract.md', contractReference()],
  ['docs/reference/cli.md', commandLineReference()],
])

export function staleReferences(root: string): readonly Problem[] {
  return [...references].flatMap(([file, text]) => {
    const current = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8').split('\n') : []
    const wanted = text.split('\n')
    const line = wanted.findIndex((text, index) => text !== current[index]) + 1
    if (line === 0 && current.length === wanted.length) return []
    return [{ file, line: Math.max(1, line), problem: 'is not what the code says: run npm run docs:write' }]
  })
}

export function writeReferences(root: string): void {
  for (const [file, text] of references) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
}
