import { assert } from '../base/index.ts'

/** The one sequence of all events of the engine, whatever part of it decides: without a gap, or it is not these books. */
export class Numbering {
  #last: number

  constructor(last: number) {
    this.#last = last
  }

  get last(): number {
    return this.#last
  }

  next(): number {
    this.#last += 1
    return this.#last
  }

  /** An event of the past takes its own number, and none may be missing before it. */
  follow(sequence: number): void {
    assert(sequence === this.#last + 1, 'expected the events of a replay to follow each other without a gap')
    this.#last = sequence
  }
}
