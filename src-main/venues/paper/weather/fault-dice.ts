/** Whoever decides when a fault strikes. The line asks at every place where one could. */
export interface FaultDice {
  /** Throws the dice of one fault. Whoever is told `true` makes it happen and says so with `struck`. */
  throws(name: string): boolean
  /** The first of these that strikes; each is thrown, so that each keeps its own pace. */
  firstOf(names: readonly string[]): string | undefined
  /** A number in [0, 1) for how a fault strikes. */
  shape(name: string): number
  struck(name: string): void
}
