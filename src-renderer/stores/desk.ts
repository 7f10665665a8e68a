import { create } from 'zustand'

export type MoveDirection = 'left' | 'right' | 'top' | 'bottom'

/** What the commands may do with the panels, however they are shown. */
export interface DeskHandle {
  /** Of a window that shows one panel and no other. */
  readonly onlyPanel?: string
  showPanel(panel: string): void
  hasPanel(panel: string): boolean
  /** Gives the keyboard to the panel that had it last. */
  focus(): void
  /** One group on, or one back. */
  focusNeighbour(step: 1 | -1): void
  /** Absent on a phone, where panels lie one behind the other and there is nothing to lay out. */
  readonly layout?: LayoutHandle
}

export interface LayoutHandle {
  toggleMaximized(): void
  toggleFloating(): void
  movePanel(direction: MoveDirection): void
  /** Takes the panel in front away; the last one stays. */
  closePanel(): void
  /** The panel in front of the group that was touched last. */
  activePanel(): string | undefined
  /** Opens one more chart; false where all of them lie on the desk. */
  addChart(): boolean
  reset(): void
  export(): string
  /** False if it is not a layout of this desk; then nothing has changed. */
  import(text: string): boolean
}

interface DeskFacts {
  readonly handle: DeskHandle | undefined
}

/** The desk that is on the screen. */
export const useDesk = create<DeskFacts>()(() => ({ handle: undefined }))

export const deskLayout = (): LayoutHandle | undefined => useDesk.getState().handle?.layout
