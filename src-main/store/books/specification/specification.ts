/**
 * A question about rows as a value: it is made of leaves and can be composed, sent to another thread, turned into SQL and
 * answered in memory, and the last two always agree. Each leaf is yes or no, never unknown: so `not` is its exact opposite.
 */
export type Specification<Leaf> = Leaf | Composed<Leaf>

export type Composed<Leaf> =
  | { readonly is: 'and'; readonly parts: readonly Specification<Leaf>[] }
  | { readonly is: 'or'; readonly parts: readonly Specification<Leaf>[] }
  | { readonly is: 'not'; readonly part: Specification<Leaf> }

/** Of nothing, everything. */
export const and = <Leaf>(...parts: readonly Specification<Leaf>[]): Specification<Leaf> => ({ is: 'and', parts })

/** Of nothing, nothing. */
export const or = <Leaf>(...parts: readonly Specification<Leaf>[]): Specification<Leaf> => ({ is: 'or', parts })

export const not = <Leaf>(part: Specification<Leaf>): Specification<Leaf> => ({ is: 'not', part })

/** What a kind of leaf means, in both worlds. */
export interface LeafMeaning<Leaf, Row> {
  /** A condition that is 0 or 1 and never NULL, with a question mark for each parameter. */
  readonly toSql: (leaf: Leaf) => Condition
  readonly matches: (leaf: Leaf, row: Row) => boolean
  /** What is wrong with a leaf, if anything. */
  readonly problemOf: (leaf: Leaf) => string | undefined
}

export interface Condition {
  readonly sql: string
  readonly parameters: readonly (string | number)[]
}

/** Every leaf has a name of its own in `is`. */
export type AnyLeaf = { readonly is: string }

export function isComposed<Leaf extends AnyLeaf>(part: Specification<Leaf>): part is Composed<Leaf> {
  return part.is === 'and' || part.is === 'or' || part.is === 'not'
}

export const partsOf = <Leaf>(part: Composed<Leaf>): readonly Specification<Leaf>[] =>
  part.is === 'not' ? [part.part] : part.parts
