import { ensureDefined } from '../../base/index.ts'
import type { ColumnName } from './bar.ts'
import type { Graph, Place, PlannedNode, Ring, Signal, Step } from './graph.ts'
import { operations, type Row } from './operations.ts'

/**
 * The cells of a machine: values of the nodes | scalars of the functions | the same before the last bar | scalars of the
 * operations, in two banks | rings, tables and constants.
 *
 * The last bar is taken back without a look at the windows, whatever their lengths. Operations read the bank of the bar before
 * and write that of their own, so for them there is nothing to undo; only what functions remember is copied. Values need
 * nothing: every node that has a value writes it anew on every bar. Nor do rings: one has more slots than anybody reads, so the
 * slot of the last bar was dead before it and is written again by the bar that replaces it.
 */
export interface Layout {
  readonly cells: Float64Array
  /** Where the scalars of functions begin, and how many there are; behind them lies the copy of as many. */
  readonly scalarsAt: number
  readonly scalarCount: number
  /** How many scalars a bank of the operations has. */
  readonly bank: number
  /** One row for each node that steps. */
  readonly rows: readonly Row[]
  readonly sources: ReadonlyMap<ColumnName, SourcePlace>
  /** The bar from which on every node runs. */
  readonly settled: number
  readonly fingerprint: string
}

/** A column's values go into its cell and its ring; one that nobody looks back on has its cell for a ring. */
export interface SourcePlace extends Ring {
  readonly cell: number
}

const slotsFor = (depth: number): number => (depth === 0 ? 0 : 2 ** Math.ceil(Math.log2(depth + 1)))

interface Offsets {
  readonly state: Int32Array
  readonly table: Int32Array
  readonly numbers: Int32Array
  readonly rings: readonly Ring[]
  readonly scalarCount: number
  readonly bank: number
  readonly total: number
}

/** What none of the outputs is made of is left out. */
function neededFor(nodes: readonly PlannedNode[], outputs: readonly Signal[]): ReadonlySet<number> {
  const needed = new Set(outputs.map(({ id }) => id))
  // Nodes come after their inputs, so one pass from behind finds all.
  for (let id = nodes.length - 1; id >= 0; id--) if (needed.has(id)) nodes[id]?.plan.inputs.forEach(
    (input) => needed.add(input.id),
  )
  return needed
}

function layOut(graph: Graph, nodes: readonly PlannedNode[], needed: ReadonlySet<number>): Offsets {
  const state = new Int32Array(nodes.length)
  const table = new Int32Array(nodes.length)
  const numbers = new Int32Array(nodes.length)
  let next = nodes.length
  // Each kind of scalars is there twice.
  const layScalars = (isOf: (node: PlannedNode) => boolean): number => {
    const begin = next
    nodes.forEach((node, id) => {
      if (!needed.has(id) || !isOf(node)) return
      state[id] = next
      next += node.plan.scalars ?? 0
    })
    const count = next - begin
    next += count
    return count
  }
  const scalarCount = layScalars(isFunction)
  const bank = layScalars((node) => !isFunction(node))
  const rings = nodes.map((node, id): Ring => {
    if (!needed.has(id)) return { base: 0, mask: 0 }
    const slots = slotsFor(graph.depthOf(id))
    const ring = slots === 0 ? { base: 0, mask: 0 } : { base: next, mask: slots - 1 }
    table[id] = next + slots
    numbers[id] = next + slots + tableOf(node)
    next += slots + tableOf(node) + (isFunction(node) ? 0 : 2)
    return ring
  })
  return { state, table, numbers, rings, scalarCount, bank, total: next }
}

const isFunction = ({ plan }: PlannedNode): boolean => typeof plan.does === 'function'

/** To be raised whenever the same nodes lay out or use their cells otherwise than before: older states are then refused. */
const layoutVersion = 2

/** FNV-1a over the version and the keys of all needed nodes: a state only goes into a machine of the same nodes in order. */
function fingerprintOf(nodes: readonly PlannedNode[], needed: ReadonlySet<number>): string {
  let hash = Math.imul(0x811c9dc5 ^ layoutVersion, 0x01000193)
  for (const [id, { plan }] of nodes.entries()) {
    if (!needed.has(id)) continue
    for (let index = 0; index < plan.key.length; index++) hash = Math.imul(hash ^ plan.key.charCodeAt(index), 0x01000193)
    hash = Math.imul(hash ^ 10, 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}

const tableOf = ({ plan }: PlannedNode): number => (plan.table ?? 0) + (
  typeof plan.does === 'function' ? 0 : (plan.does.weights?.length ?? 0)
)

export function wireGraph(graph: Graph, outputs: readonly Signal[]): Layout {
  const nodes = graph.nodes()
  const needed = neededFor(nodes, outputs)
  const offsets = layOut(graph, nodes, needed)
  const cells = new Float64Array(offsets.total)
  cells.fill(Number.NaN, 0, nodes.length)
  const sources = new Map([...graph.sources()].map(([name, { id }]) => [name, sourceOf(id, offsets)]))
  const sourceIds = new Set([...sources.values()].map(({ cell }) => cell))
  const stepping = [...nodes.keys()].filter((id) => needed.has(id) && !sourceIds.has(id))
  const rows = stepping.map((id) => placeRow(cells, id, ensureDefined(nodes[id], 'a node'), offsets))
  return {
    cells, scalarsAt: nodes.length, scalarCount: offsets.scalarCount, bank: offsets.bank, rows, sources,
    settled: nodes.reduce((latest, { first }) => Math.max(latest, first), 0), fingerprint: fingerprintOf(nodes, needed),
  }
}

const stateOf = (offsets: Offsets, id: number): number => ensureDefined(offsets.state[id], 'the scalars of a node')
const ringOf = (offsets: Offsets, id: number): Ring => ensureDefined(offsets.rings[id], 'the ring of a node')

const sourceOf = (id: number, offsets: Offsets): SourcePlace => {
  const { base, mask } = ringOf(offsets, id)
  return { cell: id, base: base === 0 ? id : base, mask }
}

const nothing: Step = () => undefined
const noInput: Signal = { id: 0, first: 0 }

function placeRow(cells: Float64Array, id: number, node: PlannedNode, offsets: Offsets): Row {
  const { does } = node.plan
  const plan = typeof does === 'function' ? undefined : does
  const [a = noInput, b = a, c = a] = plan?.of ?? []
  const [ring, own] = [ringOf(offsets, a.id), ringOf(offsets, id)]
  const [table, numbers] = [offsets.table[id] ?? 0, offsets.numbers[id] ?? 0]
  if (plan !== undefined) {
    cells.set(plan.weights ?? [], table)
    cells.set([plan.numbers?.[0] ?? 0, plan.numbers?.[1] ?? 0], numbers)
  }
  return {
    operation: operations[plan?.operation ?? 'custom'],
    from: plan === undefined || plan.gathers === true ? node.from : node.first, start: node.first,
    out: id, a: a.id, b: b.id, c: c.id, base: ring.base, mask: ring.mask, length: plan?.length ?? 0,
    state: stateOf(offsets, id), table, numbers, ownBase: own.base, ownMask: own.mask,
    step: typeof does === 'function' ? does(placeOf(cells, id, offsets)) : nothing,
  }
}

const placeOf = (cells: Float64Array, id: number, offsets: Offsets): Place => ({
  cells,
  out: id,
  state: stateOf(offsets, id),
  table: ensureDefined(offsets.table[id], 'the table of a node'),
  ring: (signal) => ringOf(offsets, signal.id),
  stateOf: (signal) => stateOf(offsets, signal.id),
})
