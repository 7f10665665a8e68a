import { createContext, useContext } from 'react'
import type { MessageKey } from '../../src-preload/contract/text/index.ts'
import type { ScreenBridge } from '../bridge/screen-bridge.ts'
import type { HaltControl } from '../stores/halt.ts'

/** What acts on the engine. Everything else on the screen only reads stores. */
export interface ScreenParts {
  readonly bridge: ScreenBridge
  readonly halt: HaltControl
  readonly commands: readonly Command[]
}

/** Something that the screen can do: by the palette, by its keys, or both. */
export interface Command {
  readonly id: string
  readonly title: MessageKey
  readonly group: MessageKey
  /** As they are shown, and as they are listened to: `Ctrl Shift H`, `F6`, `M`. */
  readonly keys?: string
  /** Not offered where it could do nothing. */
  readonly isOffered?: () => boolean
  readonly run: () => void
}

export const ScreenContext = createContext<ScreenParts | undefined>(undefined)

export function useScreen(): ScreenParts {
  const parts = useContext(ScreenContext)
  if (parts === undefined) throw new Error('drawn outside of the screen')
  return parts
}
