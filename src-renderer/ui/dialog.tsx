import { Dialog as RadixDialog } from 'radix-ui'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useDialogLayer } from './dialog-layer.tsx'
import './dialog.css'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly className?: string
  /** The title is said to screen readers alone: the content shows what it is. */
  readonly isTitleHidden?: boolean
}

/**
 * Not modal to the page, on purpose: the halt must be reachable with a dialog open, by pointer and by Tab. What lies under
 * the scrim is inert instead. A press outside the scrim leaves the dialog as it is.
 */
export function Dialog({ title, onClose, children, className = '', isTitleHidden = false }: DialogProps): ReactNode {
  const layer = useDialogLayer()
  const cameFrom = useRef<HTMLElement | null>(null)
  if (layer === null) return null
  return (
    <RadixDialog.Root open modal={false} onOpenChange={(isOpen) => (isOpen ? undefined : onClose())}>
      <RadixDialog.Portal container={layer}>
        <div className="dialog-scrim" onPointerDown={(event) => (event.target === event.currentTarget ? onClose() : undefined)}>
          <RadixDialog.Content
            className={`dialog ${className}`}
            aria-describedby={undefined}
            onInteractOutside={(event) => event.preventDefault()}
            onOpenAutoFocus={(event) => {
              cameFrom.current = document.activeElement instanceof HTMLElement ? document.activeElement : null
              focusChosen(event)
            }}
            onCloseAutoFocus={(event) => {
              event.preventDefault()
              // What the dialog led to may have it already.
              if (document.activeElement === null || document.activeElement === document.body) cameFrom.current?.focus()
            }}
          >
            <RadixDialog.Title className={isTitleHidden ? 'for-readers-only' : 'dialog-title'}>{title}</RadixDialog.Title>
            <div className="dialog-inside" role="presentation" onKeyDown={letTabLeave}>
              {children}
            </div>
          </RadixDialog.Content>
        </div>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  )
}

/** Radix would lead Tab from the last element back to the first; here it leads on, to the halt. */
const letTabLeave = (event: KeyboardEvent): void => {
  if (event.key === 'Tab') event.stopPropagation()
}

/** The keyboard begins at what is chosen, not at the first of the choices. Without any it begins where Radix would. */
function focusChosen(event: Event): void {
  const chosen = event.target instanceof Element ? event.target.querySelector<HTMLElement>('input:checked') : null
  if (chosen === null) return
  event.preventDefault()
  chosen.focus()
}
