/** Sets by key, without empty ones. */
export class Members<Member> {
  readonly #byKey = new Map<string, Set<Member>>()

  add(key: string, member: Member): void {
    const known = this.#byKey.get(key)
    if (known === undefined) this.#byKey.set(key, new Set([member]))
    else known.add(member)
  }

  remove(key: string, member: Member): void {
    const known = this.#byKey.get(key)
    if (known?.delete(member) === true && known.size === 0) this.#byKey.delete(key)
  }

  get isEmpty(): boolean {
    return this.#byKey.size === 0
  }

  of(key: string): Iterable<Member> {
    return this.#byKey.get(key) ?? []
  }
}
