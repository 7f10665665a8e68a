/** What a recovery code is to whoever writes it on paper: groups, of which he reads two back. */
export const groupsOf = (code: string): readonly string[] => code.split('-')

/** As the engine reads a code: either case, O for 0, I and L for 1, any spaces and dashes. */
const canonical = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')

export const isSameGroup = (group: string | undefined, typed: string): boolean => group !== undefined && canonical(typed) === canonical(group)

/** Two different ones, in their order, out of two random bytes. */
export function askedGroups(count: number, [first = 0, second = 0]: ArrayLike<number> & Iterable<number>): readonly [number, number] {
  const one = first % count
  const other = (one + 1 + (second % (count - 1))) % count
  return one < other ? [one, other] : [other, one]
}
