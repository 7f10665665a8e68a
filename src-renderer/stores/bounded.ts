/** The list with one more at its end and no more than `max` in all. */
export const appended = <Item>(items: readonly Item[], item: Item, max: number): readonly Item[] =>
  items.length < max ? [...items, item] : [...items.slice(items.length - max + 1), item]
