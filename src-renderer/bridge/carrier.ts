import type { Connected } from '../../src-preload/contract/index.ts'

export type CarrierKind = 'browser' | 'electron'

/** How the screen gets a line to the engine. */
export interface Carrier {
  readonly kind: CarrierKind
  connect(): Promise<Connected>
}
