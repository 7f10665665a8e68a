import { isComposed, type AnyLeaf, type LeafMeaning, type Specification } from './specification.ts'

/** The specification answered in memory, for rows that are not in the books yet. */
export function matches<Leaf extends AnyLeaf, Row>(
  specification: Specification<Leaf>, meaning: LeafMeaning<Leaf, Row>, row: Row,
): boolean {
  if (!isComposed(specification)) return meaning.matches(specification, row)
  const holds = (part: Specification<Leaf>): boolean => matches(part, meaning, row)
  if (specification.is === 'not') return !holds(specification.part)
  return specification.is === 'and' ? specification.parts.every(holds) : specification.parts.some(holds)
}
