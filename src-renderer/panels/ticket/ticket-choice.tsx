import { useId, type ReactNode } from 'react'

interface TicketChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChoose: (value: Value) => void
}

/** One of several, in a row of the ticket: the browser's own list, so that it is chosen by its first letters. */
export function TicketChoice<Value extends string>({ label, value, options, onChoose }: TicketChoiceProps<Value>): ReactNode {
  const id = useId()
  return (
    <div className="ticket-field">
      <label htmlFor={id} className="ink-2">{label}</label>
      <div className="ticket-input">
        <select
          id={id} value={value}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.target.value)
            if (chosen !== undefined) onChoose(chosen.value)
          }}
        >
          {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
        </select>
      </div>
    </div>
  )
}
