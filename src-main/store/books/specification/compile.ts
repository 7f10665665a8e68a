import { isComposed, type AnyLeaf, type Condition, type LeafMeaning, type Specification } from './specification.ts'

/** The specification as a condition of SQL. What it compares with is always a parameter, never part of the text. */
export function compile<Leaf extends AnyLeaf, Row>(
  specification: Specification<Leaf>, meaning: LeafMeaning<Leaf, Row>,
): Condition {
  if (!isComposed(specification)) return meaning.toSql(specification)
  if (specification.is === 'not') {
    const { sql, parameters } = compile(specification.part, meaning)
    return { sql: `NOT (${sql})`, parameters }
  }
  const parts = specification.parts.map((part) => compile(part, meaning))
  const [empty, word] = specification.is === 'and' ? ['1', ' AND '] : ['0', ' OR ']
  return {
    sql: parts.length === 0 ? empty : parts.map(({ sql }) => `(${sql})`).join(word),
    parameters: parts.flatMap(({ parameters }) => parameters),
  }
}
