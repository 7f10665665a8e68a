/**
 * What something was at which time, for replicas that lag behind. Versions older than the longest lag are forgotten, save the
 * last of them, which is what such a replica still shows.
 */
export class Versions<Value> {
  #versions: { readonly at: number; readonly value: Value }[] = []
  readonly #keptMs: number

  constructor(keptMs: number) {
    this.#keptMs = keptMs
  }

  put(at: number, value: Value): void {
    const versions = this.#versions
    if (versions.at(-1)?.at === at) versions.pop()
    versions.push({ at, value })
    let stale = 0
    while (stale + 1 < versions.length && (versions[stale + 1] as { at: number }).at <= at - this.#keptMs) stale += 1
    if (stale > 0) this.#versions = versions.slice(stale)
  }

  /** Undefined before the first. */
  asOf(time: number): Value | undefined {
    for (let at = this.#versions.length - 1; at >= 0; at -= 1) {
      const version = this.#versions[at]
      if (version !== undefined && version.at <= time) return version.value
    }
    return undefined
  }

  latest(): Value | undefined {
    return this.#versions.at(-1)?.value
  }
}
