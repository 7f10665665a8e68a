import { ensureDefined } from '../../base/index.ts'
import type { Graph, OperationPlan, Place, PlannedNode, Ring, Signal, Step } from './graph.ts'
import { field, operations, rowWidth } from './operations.ts'

/**
 * The cells of a machine: values of the nodes | scalars of the nodes | the scalars before the last bar | rings and tables.
 *
 * Taking the last bar back costs one copy of the scalars, whatever the lengths of the windows. Values need none: every node
 * that has a value writes it anew on every bar. Nor do rings: one has more slots than anybody reads, so the slot of the last
 * bar was dead before it and is written again by the bar that replaces it.
 */
export interface Layout {
  readonly cells: Float64Array
  /** Where the scalars begin, and how many there are; behind them lies the copy of as many. */
  readonly scalarsAt: number
  readonly scalarCount: number
  /** One row for each node that steps. */
  readonly rows: Int32Array
  /** Two constants for each row. */
  readonly numbers: Float64Array
  readonly customs: readonly Step[]
  /** The bar from which on every node runs. */
  readonly settled: number
  readonly fingerprint: string
}

const slotsFor = (depth: number): number => (depth === 0 ? 0 : 2 ** Math.ceil(Math.log2(depth + 1)))

interface Offsets {
  readonly state: Int32Array
  readonly table: Int32Array
  readonly rings: readonly Ring[]
  readonly scalarCount: number
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
  let next = nodes.length
  nodes.forEach(({ plan }, id) => {
    state[id] = next
    next += needed.has(id) ? (plan.scalars ?? 0) : 0
  })
  const scalarCount = next - nodes.length
  next += scalarCount
  const rings = nodes.map((node, id): Ring => {
    if (!needed.has(id)) return { base: 0, mask: 0 }
    const slots = slotsFor(graph.depthOf(id))
    const ring = slots === 0 ? { base: 0, mask: 0 } : { base: next, mask: slots - 1 }
    table[id] = next + slots
    next += slots + tableOf(node)
    return ring
  })
  return { state, table, rings, scalarCount, total: next }
}

/** FNV-1a over the keys of all needed nodes: a state is only restored into a machine of the same nodes in the same order. */
function fingerprintOf(nodes: readonly PlannedNode[], needed: ReadonlySet<number>): string {
  let hash = 0x811c9dc5
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
  const sourceIds = new Set([...graph.sources().values()].map((signal) => signal.id))
  // Sources that nobody looks back on have nothing to do in a step.
  const stepping = nodes.flatMap(
    (_node, id) => (!needed.has(id) || (sourceIds.has(id) && offsets.rings[id]?.base === 0) ? [] : [id]),
  )
  const rows = new Int32Array(stepping.length * rowWidth)
  const numbers = new Float64Array(stepping.length * 2)
  const customs: Step[] = []
  stepping.forEach((id, index) => {
    const node = ensureDefined(nodes[id], 'a node')
    const row = rows.subarray(index * rowWidth, (index + 1) * rowWidth)
    const own = ringOf(offsets, id)
    row.set([operations.custom, node.from, id, customs.length], field.operation)
    row.set([own.base, own.mask, node.first], field.ownBase)
    if (sourceIds.has(id)) writeOperation({ operation: 'copy', of: [{ id, first: 0 }] }, node, offsets, row)
    else if (typeof node.plan.does === 'function') customs.push(node.plan.does(placeOf(cells, id, offsets)))
    else {
      writeOperation(node.plan.does, node, offsets, row)
      numbers.set([node.plan.does.numbers?.[0] ?? 0, node.plan.does.numbers?.[1] ?? 0], index * 2)
      cells.set(node.plan.does.weights ?? [], offsets.table[id])
    }
  })
  return {
    cells, scalarsAt: nodes.length, scalarCount: offsets.scalarCount, rows, numbers, customs,
    settled: nodes.reduce((latest, { first }) => Math.max(latest, first), 0), fingerprint: fingerprintOf(nodes, needed),
  }
}

const stateOf = (offsets: Offsets, id: number): number => ensureDefined(offsets.state[id], 'the scalars of a node')
const ringOf = (offsets: Offsets, id: number): Ring => ensureDefined(offsets.rings[id], 'the ring of a node')

function writeOperation(plan: OperationPlan, node: PlannedNode, offsets: Offsets, row: Int32Array): void {
  const [a, b = a, c = a] = plan.of
  const id = ensureDefined(row[field.out], 'the node')
  const ring = ringOf(offsets, a.id)
  row[field.operation] = operations[plan.operation]
  row[field.from] = plan.gathers === true ? node.from : node.first
  row.set(
    [
      a.id, b.id, c.id, stateOf(offsets, id), ensureDefined(offsets.table[id], 'the table'), plan.length ?? 0, ring.base,
      ring.mask,
    ],
    field.a,
  )
}

const placeOf = (cells: Float64Array, id: number, offsets: Offsets): Place => ({
  cells,
  out: id,
  state: stateOf(offsets, id),
  table: ensureDefined(offsets.table[id], 'the table of a node'),
  ring: (signal) => ringOf(offsets, signal.id),
  stateOf: (signal) => stateOf(offsets, signal.id),
})
