/** What was used last, up to a limit; the longest unused is forgotten first. */
export class Recent<Value> {
  readonly #limit: number
  readonly #values = new Map<number, Value>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** `make` must always make the same for the same key: whether it is remembered may only be felt as time. */
  get(key: number, make: () => Value): Value {
    const known = this.#values.get(key)
    if (known !== undefined) {
      this.#values.delete(key)
      this.#values.set(key, known)
      return known
    }
    const made = make()
    this.#values.set(key, made)
    if (this.#values.size > this.#limit) this.#values.delete(this.#values.keys().next().value as number)
    return made
  }
}
