import { assert, isZero, negate } from '../../base/index.ts'
import type { VenueTrade } from '../../domain/index.ts'
import { oppositeOf } from '../../domain/index.ts'
import { swingOf, withFill, withMove, withSplit } from './fill-swing.ts'
import type { Swing } from './fill-swing.ts'
import { fillHolding, moveHolding, nothingHeld, splitHolding } from './holding.ts'
import type { CoinMove, Holding, HoldingChange, HoldingForm } from './holding.ts'
import { movement } from './ledger.ts'
import type { Ledger, LedgerPosting } from './ledger.ts'
import { missingIn, movedBy } from './moved-coins.ts'
import type { MovedCoin } from './moved-coins.ts'
import { flat, recordOf, stateOf } from './position.ts'
import type { PositionRecord } from './position.ts'
import type { Split } from './split.ts'

/**
 * The latest steps of one holding, in the order in which the venue made them, so that one can be taken out or put in late as if it had always been so.
 * It must never leave a trace of what was taken back.
 * Invariants: 1 the state and the ledger are those of the steps in order of time, whatever order they came in, as far back as the log reaches;
 * 2 taking a fill back leads exactly to where its absence would have led; of one that is older than the log, lots and money go back as far as it moved them,
 * and what was realised meanwhile stays; 3 the log is bounded.
 */
export type Step =
  | { readonly kind: 'fill'; readonly at: number; readonly id: string; readonly trade: VenueTrade; readonly inferred: boolean }
  | { readonly kind: 'split'; readonly at: number; readonly id: string; readonly split: Split }
  /** The coin came or went by something that is written down elsewhere: a posting, a fee, or a trade that was paid with it. */
  | { readonly kind: 'move'; readonly at: number; readonly id: string; readonly of: string; readonly move: CoinMove }

interface Taken {
  readonly step: Step
  readonly after: Holding
  readonly postings: readonly LedgerPosting[]
  /** What it moved of other coins. */
  readonly moved: readonly MovedCoin[]
}

export interface FillLogSnapshot {
  readonly base: readonly (PositionRecord & { readonly instrument: string })[]
  readonly steps: readonly Step[]
  /** Steps from before these have become final. */
  readonly isCut?: true
}

/** Steps that stay open to what comes late. */
const stepsKept = 64
/** And no more than these while an inferred fill waits for the real ones. */
const stepsMax = 4_096

const isInferred = ({ step }: Taken): boolean => step.kind === 'fill' && step.inferred

/** Markets number their trades each for itself: of two with one id it only has to be the same one always that came first. */
const sourceOf = (step: Step): string => {
  if (step.kind === 'fill') return `1 ${step.trade.instrument} ${step.trade.side}`
  return step.kind === 'move' ? `2 ${step.of}` : '3'
}

/** Venues count their trades, so of two in one millisecond the shorter id, then the smaller one, came first. */
const isBefore = (left: Step, right: Step): boolean => {
  if (left.at !== right.at) return left.at < right.at
  if (left.id !== right.id) return left.id.length === right.id.length ? left.id < right.id : left.id.length < right.id.length
  return sourceOf(left) < sourceOf(right)
}

/** Where the steps of a log are booked, and who is told of other coins that they moved. */
export interface LogSurroundings {
  readonly ledger: Ledger
  readonly isCoin: (asset: string) => boolean
  readonly move: (coin: MovedCoin) => void
  readonly moveBack: (coin: MovedCoin) => void
}

export class FillLog {
  readonly #form: HoldingForm
  readonly #around: LogSurroundings
  #base: Holding
  #isCut: boolean
  #taken: Taken[] = []
  #swing: Swing

  constructor(form: HoldingForm, around: LogSurroundings, past?: FillLogSnapshot) {
    this.#form = form
    this.#around = around
    this.#base = past === undefined ? nothingHeld(form) : heldAsOf(form, past)
    this.#isCut = past?.isCut === true
    // The ledger was restored by itself, so these steps are only counted again.
    for (const step of past?.steps ?? []) this.#taken.push(this.#take(step))
    this.#swing = this.#countSwing()
  }

  get form(): HoldingForm {
    return this.#form
  }

  get holding(): Holding {
    return this.#taken.at(-1)?.after ?? this.#base
  }

  /** What was held before any step; only while there is none. */
  open(base: Holding): void {
    assert(this.#taken.length === 0, 'expected an opening before the first fill')
    this.#base = base
    this.#swing = this.#countSwing()
  }

  /** The most that these steps and one more can lead to, in whatever order they are counted and whichever of them are taken back. */
  swingWith(trade: VenueTrade): Swing {
    return withFill(this.#swing, trade, this.#form)
  }

  /** The same with a coin that comes or goes. */
  swingWithMove(move: CoinMove): Swing {
    return withMove(this.#swing, move)
  }

  /** Puts a step where its time belongs, and counts anew what came after it. */
  add(step: Step): void {
    const later = this.#takeBackAfter(step)
    this.#swing = this.#swingAfter(this.#swing, step)
    this.#appendAll([step, ...later.map(({ step: again }) => again)], later)
    // What comes late rarely comes alone: after an inferred fill is taken back, all the real ones have to find their place.
    if (later.length === 0 || this.#taken.length > stepsMax) this.#forget()
  }

  /** As if the trade had never been. What is final already is booked the other way round. */
  takeBack(trade: VenueTrade): void {
    const isIt = (step: Step): boolean => step.kind === 'fill' && step.id === trade.trade && step.trade.instrument === trade.instrument && step.trade.side === trade.side
    this.#takeOut(isIt, () => this.#reverseOf(trade))
  }

  takeMoveBack({ id, of, at, amount, account }: MovedCoin): void {
    this.#takeOut((step) => step.kind === 'move' && step.id === id && step.of === of, () => (
      { kind: 'move', at: this.#notBefore(at), id: `back:${id}`, of, move: { amount: negate(amount), account } }))
  }

  #takeOut(isIt: (step: Step) => boolean, reverse: () => Step): void {
    const index = this.#taken.findLastIndex(({ step }) => isIt(step))
    if (index < 0) {
      assert(this.#isCut, 'expected a fill that is taken back to have been in the log')
      this.add(reverse())
      return
    }
    const back = this.#takeBackFrom(index)
    this.#appendAll(back.slice(1).map(({ step }) => step), back)
  }

  snapshot(): FillLogSnapshot {
    const base = this.#form.tradables.flatMap(({ instrument }, place) => {
      const state = this.#base[place]
      return state === undefined || state === flat ? [] : [{ instrument: instrument.id, ...recordOf(state) }]
    })
    return { base, steps: this.#taken.map(({ step }) => step), ...(this.#isCut ? { isCut: true } : {}) }
  }

  /** As of now: nothing that came before it is counted anew. */
  #reverseOf(trade: VenueTrade): Step {
    const at = this.#notBefore(trade.at)
    const id = `back:${trade.trade}`
    return { kind: 'fill', at, id, inferred: false, trade: { ...trade, trade: id, side: oppositeOf(trade.side), fee: negate(trade.fee), at } }
  }

  #notBefore(at: number): number {
    return Math.max(at, this.#taken.at(-1)?.step.at ?? at)
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
    for (const { postings } of later) this.#around.ledger.takeBack(postings)
    return later
  }

  /** Other coins are told once this one is whole again, and only of what is different: they may have to tell it of theirs. */
  #appendAll(steps: readonly Step[], before: readonly Taken[]): void {
    const from = this.#taken.length
    for (const step of steps) {
      const taken = this.#take(step)
      this.#around.ledger.book(taken.postings)
      this.#taken.push(taken)
    }
    const [old, now] = [before.flatMap(({ moved }) => moved), this.#taken.slice(from).flatMap(({ moved }) => moved)]
    for (const coin of missingIn(now, old)) this.#around.moveBack(coin)
    for (const coin of missingIn(old, now)) this.#around.move(coin)
  }

  #take(step: Step): Taken {
    const change = this.#changeBy(step)
    if (step.kind !== 'fill') return { step, ...change, moved: [] }
    const { fee, feeAsset } = step.trade
    const moved = movedBy(step.trade, change.postings, this.#form).filter(({ asset }) => this.#around.isCoin(asset))
    return { step, after: change.after, postings: isZero(fee) ? change.postings : [...change.postings, ...movement(feeAsset, 'wallet', 'fees', fee)], moved }
  }

  #changeBy(step: Step): HoldingChange {
    const before = this.holding
    switch (step.kind) {
      case 'fill': return fillHolding(before, this.#form, step.trade)
      case 'move': return moveHolding(before, this.#form, step.move)
      default: return splitHolding(before, this.#form, step.split)
    }
  }

  #countSwing(): Swing {
    let swing = swingOf(this.#base)
    for (const { step } of this.#taken) swing = this.#swingAfter(swing, step)
    return swing
  }

  #swingAfter(swing: Swing, step: Step): Swing {
    switch (step.kind) {
      case 'fill': return withFill(swing, step.trade, this.#form)
      case 'move': return withMove(swing, step.move)
      default: return withSplit(swing, step.split)
    }
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

const heldAsOf = ({ tradables }: HoldingForm, { base }: FillLogSnapshot): Holding => {
  assert(base.every((record) => tradables.some(({ instrument }) => instrument.id === record.instrument)), 'expected the instruments of what is held to be set up')
  return tradables.map(({ instrument }) => {
    const record = base.find((each) => each.instrument === instrument.id)
    return record === undefined ? flat : stateOf(record)
  })
}
