import { useEffect, useState, type ReactNode } from 'react'
import { Button } from './button.tsx'

interface ConfirmButtonProps {
  readonly children: ReactNode
  /** What the second press would do, in full. */
  readonly sure: string
  readonly isAsked: boolean
  readonly disabled?: boolean
  readonly keys?: string
  readonly label?: string
  readonly size?: 'normal' | 'small'
  readonly className?: string
  readonly onPress: () => void
}

/** Long enough to read it; a press that comes much later was meant for something else. */
const openMs = 5_000

/** Does it at once, or, where a person wants to be asked, at the second press. Escape and leaving it take the question back. */
export function ConfirmButton({ children, sure, isAsked, disabled = false, keys, label, size = 'small', className = '', onPress }: ConfirmButtonProps): ReactNode {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (!isOpen) return undefined
    const timer = setTimeout(() => setOpen(false), openMs)
    return () => clearTimeout(timer)
  }, [isOpen])
  const press = (): void => {
    if (isAsked && !isOpen) return setOpen(true)
    setOpen(false)
    onPress()
  }
  return (
    <Button
      size={size} look={isOpen ? 'attention' : 'ghost'} disabled={disabled} aria-label={isOpen ? sure : label} onClick={press} onBlur={() => setOpen(false)}
      className={`${className} ${isOpen ? 'confirm-open' : ''}`}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return
        event.stopPropagation()
        setOpen(false)
      }}
      {...(keys === undefined || isOpen ? {} : { keys })}
    >
      {isOpen ? sure : children}
    </Button>
  )
}
