import { useCallback, useMemo, useState } from 'react'
import { goneRows, steadyRows, waitingRows } from './steady-rows.ts'

interface HeldRows<Row> {
  readonly rows: readonly Row[]
  /** Of what was typed and chosen: who has just asked for another order gets it, wherever his pointer is. */
  readonly chosen: string
}

interface SteadyRows<Row> {
  readonly rows: readonly Row[]
  readonly gone: ReadonlySet<string>
  readonly waiting: number
  readonly hold: () => void
  readonly release: () => void
}

const none: ReadonlySet<string> = new Set()

/** The rows in their order, which does not change under a pointer. */
export function useSteadyRows<Row>(wanted: readonly Row[], all: readonly Row[], keyOf: (row: Row) => string, chosen: string): SteadyRows<Row> {
  const [held, setHeld] = useState<HeldRows<Row>>()
  const isHeld = held !== undefined && held.chosen === chosen && held.rows.length > 0
  const rows = useMemo(() => (isHeld ? steadyRows(held.rows, all, keyOf) : wanted), [isHeld, held, all, wanted, keyOf])
  const gone = useMemo(() => (isHeld ? goneRows(held.rows, all, keyOf) : none), [isHeld, held, all, keyOf])
  const waiting = useMemo(() => (isHeld && wanted !== held.rows ? waitingRows(held.rows, wanted, keyOf) : 0), [isHeld, held, wanted, keyOf])
  const hold = useCallback(() => setHeld({ rows: wanted, chosen }), [wanted, chosen])
  const release = useCallback(() => setHeld(undefined), [])
  // Chosen anew under the pointer: from here on that is what stands still.
  if (held !== undefined && held.chosen !== chosen) setHeld({ rows: wanted, chosen })
  return { rows, gone, waiting, hold, release }
}
