import { createContext, useContext, useState, type ReactNode } from 'react'

const LayerContext = createContext<HTMLElement | null>(null)

/**
 * Dialogs live inside the workspace and nowhere else: top bar with the halt, mode frame and status bar stay in sight and
 * in reach. Only what lies under the dialog is put out of reach.
 */
export function DialogLayer({ children, isCovered }: { readonly children: ReactNode; readonly isCovered: boolean }): ReactNode {
  const [layer, setLayer] = useState<HTMLElement | null>(null)
  return (
    <LayerContext value={layer}>
      <div className="workspace">
        <div className="workspace-content" inert={isCovered}>
          {children}
        </div>
        <div className="dialog-layer" ref={setLayer} />
      </div>
    </LayerContext>
  )
}

export const useDialogLayer = (): HTMLElement | null => useContext(LayerContext)
