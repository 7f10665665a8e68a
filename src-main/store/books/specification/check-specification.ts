import { isComposed, partsOf, type AnyLeaf, type LeafMeaning, type Specification } from './specification.ts'

/** SQLite takes expressions a thousand deep; nobody asks so much. */
const depthMax = 30
const partsMax = 200

/** What is wrong with a specification, if anything. */
export function problemOfSpecification<Leaf extends AnyLeaf, Row>(
  specification: Specification<Leaf>, meaning: LeafMeaning<Leaf, Row>,
): string | undefined {
  let count = 0
  const look = (part: Specification<Leaf>, depth: number): string | undefined => {
    count += 1
    if (count > partsMax) return `expected at most ${partsMax} conditions`
    if (depth > depthMax) return `expected conditions at most ${depthMax} deep`
    if (!isComposed(part)) return meaning.problemOf(part)
    for (const inner of partsOf(part)) {
      const problem = look(inner, depth + 1)
      if (problem !== undefined) return problem
    }
    return undefined
  }
  return look(specification, 1)
}

/** Half open: from the first to just before the second. */
export const problemOfRange = (from: number, to: number): string | undefined =>
  Number.isNaN(from) || Number.isNaN(to) ? 'expected a range from a number to a number' : undefined
