import { createContext, useContext, useState, type ReactNode } from 'react'

const LayerContext = createContext<HTMLElement | null>(null)

interface DialogLayerProps {
  readonly children: ReactNode
  readonly isCovered: boolean
  /** In front of the workspace and behind a dialog. */
  readonly notes?: ReactNode
}

/**
 * Dialogs live inside the workspace and nowhere else: top bar with the halt, mode frame and status bar stay in sight and
 * in reach. Only what lies under the dialog is put out of reach.
 */
export function DialogLayer({ children, isCovered, notes }: DialogLayerProps): ReactNode {
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  return (
    <LayerContext value={layer}>
      <div className="workspace">
        <div className="workspace-content" inert={isCovered}>
          {children}
        </div>
        {notes}
        <div className="dialog-layer" ref={setLayer} />
      </div>
    </LayerContext>
  )
}

export const useDialogLayer = (): HTMLElement | null => useContext(LayerContext)
