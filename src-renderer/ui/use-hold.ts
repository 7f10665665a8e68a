import { useEffect } from 'react'
import type { Hold } from '../stores/market-hold.ts'
import { useScreen } from './screen-context.tsx'

/** Keeps it running while this is drawn and can be seen. */
export function useHold(hold: Hold, isNeeded: boolean): void {
  const { bridge } = useScreen()
  useEffect(() => (isNeeded ? hold(bridge) : undefined), [bridge, hold, isNeeded])
}
