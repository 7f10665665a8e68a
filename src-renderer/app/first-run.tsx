import { useEffect, type ReactNode } from 'react'
import { coverOf, useBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { useFirstRun } from '../stores/first-run.ts'
import { openDialog, useSurface } from '../stores/surface.ts'

/** Opens the guide once there is an engine to tell of, and again after whatever came between. */
export function FirstRun(): ReactNode {
  const isOpen = useBooks((facts) => facts.status?.state === 'open' && coverOf(facts) === undefined)
  const isFresh = useConnection((facts) => facts.health === 'fresh')
  const isDone = useFirstRun((facts) => facts.isDone)
  const isFree = useSurface((surface) => surface.dialog === undefined)
  const isWanted = isOpen && isFresh && !isDone && isFree
  useEffect(() => {
    if (isWanted) openDialog('guide')
  }, [isWanted])
  return null
}
