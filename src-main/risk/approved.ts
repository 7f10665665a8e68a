import { assert } from '../base/index.ts'

/**
 * The proof that risk looked at something before it leaves. It must never be made outside this folder.
 * Invariants: 1 only `approve` makes an approval, and only this folder can reach it: an object of the same shape, or a cast of one, does not compile;
 * 2 what was smuggled past the compiler is found at run time by `ensureApproved`.
 */
// A class although it has no life: a private field is the one mark that neither a literal nor a cast can copy.
class Approval<Subject> {
  readonly #mark = true
  readonly value: Subject

  constructor(value: Subject) {
    this.value = value
  }

  static isGenuine(candidate: object): boolean {
    return #mark in candidate && candidate.#mark
  }
}

export type Approved<Subject> = Approval<Subject>

export const approve = <Subject>(value: Subject): Approved<Subject> => new Approval(value)

/** The door through which every order leaves: what risk did not make is a bug, and stops trading. */
export const ensureApproved = <Subject>(approved: Approved<Subject>): Subject => {
  assert(Approval.isGenuine(approved), 'expected an approval that risk made')
  return approved.value
}
