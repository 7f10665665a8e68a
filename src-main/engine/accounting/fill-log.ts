import { assert, negate } from '../../base/index.ts'
import type { Tradable, VenueTrade } from '../../domain/index.ts'
import { oppositeOf } from '../../domain/index.ts'
import { fillPostings } from './fill-postings.ts'
import { swingOf, withFill, withSplit } from './fill-swing.ts'
import type { Swing } from './fill-swing.ts'
import type { Ledger, LedgerPosting } from './ledger.ts'
import { afterFill, flat, recordOf, stateOf } from './position.ts'
import type { LotMethod, PositionChange, PositionRecord, PositionState } from './position.ts'
import { afterSplit, splitPostings } from './split.ts'
import type { Split } from './split.ts'

/**
 * The latest steps of one position, in the order in which the venue made them, so that one can be taken out or put in late as if it had always been so.
 * It must never leave a trace of what was taken back.
 * Invariants: 1 the state and the ledger are those of the steps in order of time, whatever order they came in, as far back as the log reaches;
 * 2 taking a fill back leads exactly to where its absence would have led; of one that is older than the log, lots and money go back as far as it moved them,
 * and what was realised meanwhile stays; 3 the log is bounded.
 */
export type Step =
  | { readonly kind: 'fill'; readonly at: number; readonly id: string; readonly trade: VenueTrade; readonly inferred: boolean }
  | { readonly kind: 'split'; readonly at: number; readonly id: string; readonly split: Split }

interface Taken {
  readonly step: Step
  readonly before: PositionState
  readonly after: PositionState
  readonly postings: readonly LedgerPosting[]
}

export interface FillLogSnapshot {
  readonly base: PositionRecord
  readonly steps: readonly Step[]
  /** Steps from before these have become final. */
  readonly isCut?: true
}

/** Steps that stay open to what comes late. */
const stepsKept = 64
/** And no more than these while an inferred fill waits for the real ones. */
const stepsMax = 4_096

const isInferred = ({ step }: Taken): boolean => step.kind === 'fill' && step.inferred

/** Venues count their trades, so of two in one millisecond the shorter id, then the smaller one, came first. */
const isBefore = (left: Step, right: Step): boolean => {
  if (left.at !== right.at) return left.at < right.at
  return left.id.length === right.id.length ? left.id < right.id : left.id.length < right.id.length
}

export class FillLog {
  readonly #tradable: Tradable
  readonly #method: LotMethod
  readonly #ledger: Ledger
  #base: PositionState
  #isCut: boolean
  #taken: Taken[] = []
  #swing: Swing

  constructor(tradable: Tradable, method: LotMethod, ledger: Ledger, past?: FillLogSnapshot) {
    this.#tradable = tradable
    this.#method = method
    this.#ledger = ledger
    this.#base = past === undefined ? flat : stateOf(past.base)
    this.#isCut = past?.isCut === true
    // The ledger was restored by itself, so these steps are only counted again.
    for (const step of past?.steps ?? []) this.#taken.push(this.#take(step))
    this.#swing = this.#countSwing()
  }

  get state(): PositionState {
    return this.#taken.at(-1)?.after ?? this.#base
  }

  /** What was held before any step; only while there is none. */
  open(base: PositionState): void {
    assert(this.#taken.length === 0, 'expected an opening before the first fill')
    this.#base = base
    this.#swing = this.#countSwing()
  }

  /** The most that these steps and one more can lead to, in whatever order they are counted and whichever of them are taken back. */
  swingWith(trade: VenueTrade): Swing {
    return withFill(this.#swing, trade, this.#base, this.#tradable)
  }

  /** Puts a step where its time belongs, and counts anew what came after it. */
  add(step: Step): void {
    const later = this.#takeBackAfter(step)
    this.#swing = this.#swingAfter(this.#swing, step)
    this.#append(step)
    for (const { step: again } of later) this.#append(again)
    // What comes late rarely comes alone: after an inferred fill is taken back, all the real ones have to find their place.
    if (later.length === 0 || this.#taken.length > stepsMax) this.#forget()
  }

  /** As if the trade had never been. What is final already is booked the other way round. */
  takeBack(trade: VenueTrade): void {
    const index = this.#taken.findLastIndex(({ step }) => step.kind === 'fill' && step.id === trade.trade)
    if (index < 0) {
      assert(this.#isCut, 'expected a fill that is taken back to have been in the log')
      this.add(this.#reverseOf(trade))
      return
    }
    const [, ...later] = this.#takeBackFrom(index)
    for (const { step } of later) this.#append(step)
  }

  snapshot(): FillLogSnapshot {
    return { base: recordOf(this.#base), steps: this.#taken.map(({ step }) => step), ...(this.#isCut ? { isCut: true } : {}) }
  }

  /** As of now: nothing that came before it is counted anew. */
  #reverseOf(trade: VenueTrade): Step {
    const at = Math.max(trade.at, this.#taken.at(-1)?.step.at ?? trade.at)
    const id = `back:${trade.trade}`
    return { kind: 'fill', at, id, inferred: false, trade: { ...trade, trade: id, side: oppositeOf(trade.side), fee: negate(trade.fee), at } }
  }

  #takeBackAfter(step: Step): readonly Taken[] {
    let index = this.#taken.length
    while (index > 0) {
      const previous = this.#taken[index - 1]
      if (previous === undefined || !isBefore(step, previous.step)) break
      index -= 1
    }
    return index === this.#taken.length ? [] : this.#takeBackFrom(index)
  }

  #takeBackFrom(index: number): readonly Taken[] {
    const later = this.#taken.splice(index)
    for (const { postings } of later) this.#ledger.takeBack(postings)
    return later
  }

  #append(step: Step): void {
    const taken = this.#take(step)
    this.#ledger.book(taken.postings)
    this.#taken.push(taken)
  }

  #take(step: Step): Taken {
    const before = this.state
    if (step.kind === 'split') {
      const after = afterSplit(before, step.split)
      return { step, before, after, postings: splitPostings(before, after, this.#tradable) }
    }
    const change = this.#changeBy(before, step.trade)
    return { step, before, after: change.after, postings: fillPostings(before, change, step.trade, this.#tradable) }
  }

  #changeBy(before: PositionState, trade: VenueTrade): PositionChange {
    return afterFill(before, trade, this.#tradable.scale, this.#method)
  }

  #countSwing(): Swing {
    let swing = swingOf(this.#base)
    for (const { step } of this.#taken) swing = this.#swingAfter(swing, step)
    return swing
  }

  #swingAfter(swing: Swing, step: Step): Swing {
    return step.kind === 'split' ? withSplit(swing, step.split) : withFill(swing, step.trade, this.#base, this.#tradable)
  }

  /** The oldest steps become final. In bulk, because moving an array costs its length. */
  #forget(): void {
    if (this.#taken.length < stepsKept * 2) return
    const waiting = this.#taken.findIndex(isInferred)
    const surplus = Math.max(this.#taken.length - stepsMax, 0)
    const wanted = this.#taken.length - stepsKept
    const count = waiting < 0 ? wanted : Math.max(Math.min(wanted, waiting), surplus)
    if (count === 0) return
    this.#base = this.#taken[count - 1]?.after ?? this.#base
    this.#taken = this.#taken.slice(count)
    this.#isCut = true
    this.#swing = this.#countSwing()
  }
}
