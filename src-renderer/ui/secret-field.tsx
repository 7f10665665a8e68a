import { useId, type ReactNode, type Ref } from 'react'
import './secret-field.css'

/** Reads a field and empties it in the same moment: what was typed stays nowhere. */
export function takeTyped(field: HTMLInputElement | null): string {
  const typed = field?.value ?? ''
  if (field !== null) field.value = ''
  return typed
}

interface SecretFieldProps {
  readonly field: Ref<HTMLInputElement>
  readonly label: string
  readonly hint?: string
  readonly isDisabled?: boolean
  /** Told whether anything is typed, never what. */
  readonly onTyped?: (isTyped: boolean) => void
  /** Where it stands in no form of its own. */
  readonly onEnter?: () => void
}

/** For a secret: no state holds what is typed, and without a name no browser keeps it. */
export function SecretField({ field, label, hint, isDisabled = false, onTyped, onEnter }: SecretFieldProps): ReactNode {
  const id = useId()
  return (
    <div className="secret-field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field} id={id} type="password" autoComplete="off" spellCheck={false} disabled={isDisabled}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onInput={(event) => onTyped?.(event.currentTarget.value !== '')}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || onEnter === undefined) return
          event.preventDefault()
          onEnter()
        }}
      />
      {hint !== undefined && <p className="t11 ink-3" id={`${id}-hint`}>{hint}</p>}
    </div>
  )
}
