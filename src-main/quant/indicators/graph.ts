import { ensureDefined } from '../../base/index.ts'
import type { ColumnName } from './bar.ts'
import type { Operation } from './operations.ts'

/**
 * An indicator is a graph of small nodes, each with one value for each bar. A node asked for twice is the same node, and that
 * is how the features of a vector share their averages, ranges and extremes.
 */
export interface Signal {
  readonly id: number
  /** How many bars pass before it has a value. Known before the first bar, from the parameters alone. */
  readonly first: number
}

export type Step = (bar: number) => void

/** The last values of a signal: that of `bar - k` is at `base + ((bar - k) & mask)`. */
export interface Ring {
  readonly base: number
  readonly mask: number
}

/** Where the machine put a node. */
export interface Place {
  readonly cells: Float64Array
  /**
   * The cell of the node's value, NaN at first. Every step from the first value on writes it; none may read it: `replace`
   * leaves it.
   */
  readonly out: number
  /** The node's scalars, zero at first: what it remembers from bar to bar, undone by `replace`. */
  readonly state: number
  /**
   * The node's table, zero at first; NOT undone by `replace`, so a step may only write what it would write again. (The rings
   * may have slots of a bar that is then replaced: those are written again before they are read.)
   */
  readonly table: number
  readonly ring: (signal: Signal) => Ring
  readonly stateOf: (signal: Signal) => number
}

export interface NodePlan {
  /** Names the operation with all its parameters and the ids of its inputs: equal keys are equal nodes. */
  readonly key: string
  /** The node steps from the bar on which all of these have a value. */
  readonly inputs: readonly Signal[]
  /** Further bars before the node's own first value. */
  readonly lag?: number
  readonly scalars?: number
  readonly table?: number
  /** How many bars back the node reads its inputs. */
  readonly depth?: number
  /** What the node does: one of the operations, or a function of its own. */
  readonly does: OperationPlan | ((place: Place) => Step)
}

/** One of the operations on up to three signals, of which the first may be looked back on. */
export interface OperationPlan {
  readonly operation: Operation
  readonly of: readonly [a: Signal, b?: Signal, c?: Signal]
  readonly length?: number
  readonly numbers?: readonly [number, number?]
  readonly weights?: Float64Array
  /** Whether the node has to step before its first value, to gather what that is made of. */
  readonly gathers?: boolean
}

export interface PlannedNode {
  readonly plan: NodePlan
  readonly from: number
  readonly first: number
}

export interface Graph {
  readonly place: (plan: NodePlan) => Signal
  readonly source: (column: ColumnName) => Signal
  readonly nodes: () => readonly PlannedNode[]
  /** How far back anybody reads the signal; 0 when only its present value is read. */
  readonly depthOf: (id: number) => number
  readonly sources: () => ReadonlyMap<ColumnName, Signal>
}

const nothing: Step = () => undefined

/** A function may look back on all of its inputs, an operation on the first of them. */
const lookedBackOn = ({ does, inputs }: NodePlan): readonly Signal[] => (typeof does === 'function' ? inputs : [does.of[0]])

export function createGraph(): Graph {
  const nodes: PlannedNode[] = []
  const signals = new Map<string, Signal>()
  const depths: number[] = []
  const sources = new Map<ColumnName, Signal>()
  const place = (plan: NodePlan): Signal => {
    const before = signals.get(plan.key)
    const from = plan.inputs.reduce((latest, input) => Math.max(latest, input.first), 0)
    for (const input of lookedBackOn(plan)) depths[input.id] = Math.max(depths[input.id] ?? 0, plan.depth ?? 0)
    if (before !== undefined) return before
    const signal: Signal = { id: nodes.length, first: from + (plan.lag ?? 0) }
    nodes.push({ plan, from, first: signal.first })
    signals.set(plan.key, signal)
    return signal
  }
  const source = (column: ColumnName): Signal => {
    if (!sources.has(column)) sources.set(column, place({ key: column, inputs: [], does: () => nothing }))
    return ensureDefined(sources.get(column), 'the source')
  }
  return { place, source, nodes: () => nodes, depthOf: (id) => depths[id] ?? 0, sources: () => sources }
}
