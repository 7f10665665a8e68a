import { useMemo, useState } from 'react'

/** A row is made anew only where what it is made of is another object: the rest of a table is not drawn again. */
export function useSameRows<Source extends object, Row>(sources: ReadonlyMap<string, Source>, rowOf: (source: Source) => Row): readonly Row[] {
  const [made] = useState(() => new WeakMap<Source, Row>())
  return useMemo(() => [...sources.values()].map((source) => {
    const row = made.get(source) ?? rowOf(source)
    made.set(source, row)
    return row
  }), [sources, made, rowOf])
}
