import type { AlertFact } from './alert-facts.ts'
import type { AlertState } from './alert-state.ts'

const factsMax = 1_000

export const withId = <Fact extends AlertFact>(fact: Fact, id: string): Fact => ({ ...fact, body: { ...fact.body, id } })

/**
 * What was told of alerts before the journal could be read. Their numbers are of another kind, which no journal takes for its
 * own; once the journal is there, they are told again under numbers that go on from its own.
 */
export class EarlyFacts {
  readonly #facts: AlertFact[] = []
  /** Under which number an early alert goes on, and how often that one had been counted before. */
  readonly #goesOn = new Map<string, { readonly id: string; readonly times: number }>()

  /** Of what is counted again and again the newest count is enough: a long wait must not crowd out what is new. */
  keep(fact: AlertFact): void {
    const counts = this.#facts.filter(({ kind, body }) => kind === 'alert.raised' && body.id === fact.body.id)
    const newest = counts.length > 1 ? counts.at(-1) : undefined
    if (fact.kind === 'alert.raised' && newest !== undefined) this.#facts.splice(this.#facts.indexOf(newest), 1)
    if (this.#facts.length < factsMax) this.#facts.push(fact)
  }

  /** The number that an alert has now. */
  idOf(id: string): string {
    return this.#goesOn.get(id)?.id ?? id
  }

  /** Each in turn, as it has to be told in the state that those before it have led to. */
  tellAgain(state: () => AlertState, tell: (fact: AlertFact) => void): void {
    for (const fact of this.#facts.splice(0)) {
      const numbered = this.#numbered(fact, state())
      if (numbered !== undefined) tell(numbered)
    }
  }

  #numbered(fact: AlertFact, { open, number }: AlertState): AlertFact | undefined {
    const { id } = fact.body
    if (fact.kind !== 'alert.raised') return withId(fact, this.idOf(id))
    const { rule, subject, times } = fact.body
    const known = open.find((alert) => alert.rule === rule && alert.subject === subject)
    const goesOn = this.#goesOn.get(id) ?? { id: known?.id ?? `alert-${number + 1}`, times: known?.times ?? 0 }
    this.#goesOn.set(id, goesOn)
    // Whoever put it aside put it aside for all that comes until then.
    if (known?.snoozed !== undefined) return undefined
    return { ...fact, body: { ...fact.body, id: goesOn.id, times: goesOn.times + times } }
  }
}
