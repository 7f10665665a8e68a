import type { Page } from './exchange-call.ts'

const forgetEvery = 256

/**
 * What came one after the other and is kept for a time: a list that grows at its end and is forgotten at its beginning. A cursor
 * is a place counted from the first item ever, so no page loses or repeats what another had.
 */
export class KeptList<Item> {
  readonly #isOld: (item: Item) => boolean
  readonly #forgotten: (item: Item) => void
  #items: Item[] = []
  #first = 0
  #sinceLook = 0

  /** `forgotten` is told of each item that goes. */
  constructor(isOld: (item: Item) => boolean, forgotten: (item: Item) => void = () => undefined) {
    this.#isOld = isOld
    this.#forgotten = forgotten
  }

  get items(): readonly Item[] {
    return this.#items
  }

  push(item: Item): void {
    this.#items.push(item)
    this.#sinceLook += 1
    if (this.#sinceLook >= forgetEvery) this.#forget()
  }

  /** `isLongBefore` tells of an item that no item before it can belong: it only saves looking at all of them. */
  page(cursor: number | undefined, most: number, isLongBefore: (item: Item) => boolean, belongs: (item: Item) => boolean): Page<Item> {
    const found: Item[] = []
    for (let at = cursor === undefined ? this.#startAfter(isLongBefore) : Math.max(0, cursor - this.#first); at < this.#items.length; at += 1) {
      const item = this.#items[at] as Item
      if (!belongs(item)) continue
      if (found.length === most) return { items: found, next: this.#first + at }
      found.push(item)
    }
    return { items: found }
  }

  #startAfter(isLongBefore: (item: Item) => boolean): number {
    let at = this.#items.length
    while (at > 0 && !isLongBefore(this.#items[at - 1] as Item)) at -= 1
    return at
  }

  #forget(): void {
    this.#sinceLook = 0
    let old = 0
    while (old < this.#items.length && this.#isOld(this.#items[old] as Item)) old += 1
    if (old === 0) return
    for (const item of this.#items.slice(0, old)) this.#forgotten(item)
    this.#items = this.#items.slice(old)
    this.#first += old
  }
}
