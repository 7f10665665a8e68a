import { useId, type ReactNode } from 'react'

interface TicketFieldProps {
  readonly label: string
  readonly value: string
  readonly unit: ReactNode
  /** Beside the field: a quick way to fill it. */
  readonly aid?: ReactNode
  readonly trouble: string | undefined
  readonly note: string | undefined
  readonly onChange: (value: string) => void
  /** One step up or down, by the arrows. */
  readonly onStep?: ((by: number) => void) | undefined
  readonly field: string
}

/** A figure that is typed: what it is, what it is counted in, and under it what is wrong with it or was made of it. */
export function TicketField({ label, value, unit, aid, trouble, note, onChange, onStep, field }: TicketFieldProps): ReactNode {
  const id = useId()
  const told = trouble ?? note
  return (
    <div className="ticket-field" data-field={field}>
      <label htmlFor={id} className="ink-2">{label}</label>
      <div className={`ticket-input ${trouble === undefined ? '' : 'ticket-input-wrong'}`}>
        {aid}
        <input
          id={id} value={value} inputMode="decimal" autoComplete="off" spellCheck={false} className="num"
          aria-invalid={trouble !== undefined} aria-describedby={told === undefined ? undefined : `${id}-told`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (onStep === undefined || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return
            event.preventDefault()
            onStep((event.key === 'ArrowUp' ? 1 : -1) * (event.shiftKey ? 10 : 1))
          }}
        />
        <span className="ticket-unit ink-3">{unit}</span>
      </div>
      {told !== undefined && <p id={`${id}-told`} className={`ticket-told t11 ${trouble === undefined ? 'ink-3' : 'danger'}`}>{told}</p>}
    </div>
  )
}
