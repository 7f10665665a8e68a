import { create } from 'zustand'
import { openDialog } from './surface.ts'

interface WhyFacts {
  /** The order whose life is asked about. */
  readonly order: string | undefined
}

export const useWhy = create<WhyFacts>()(() => ({ order: undefined }))

/** Opens the drawer that tells why an order is as it is. */
export function askWhy(order: string): void {
  useWhy.setState({ order })
  openDialog('why')
}
