import { useId, type ReactNode } from 'react'
import './choice.css'

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string; readonly detail?: string }[]
  readonly onChoose: (value: Value) => void
  /** `strip`: beside one another; `list`: each with a sentence of its own. */
  readonly look?: 'strip' | 'list'
}

/** One of a few, all of them in sight. The browser's own radio buttons under it, so that arrows choose as they do everywhere. */
export function Choice<Value extends string>({ label, value, options, onChoose, look = 'strip' }: ChoiceProps<Value>): ReactNode {
  const name = useId()
  return (
    <fieldset className={`choice choice-${look}`}>
      <legend className="for-readers-only">{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="choice-option">
          <input type="radio" name={name} checked={option.value === value} onChange={() => onChoose(option.value)} />
          {look === 'list' && <i className="choice-dot" />}
          <span>
            {option.text}
            {option.detail !== undefined && <span className="choice-detail">{option.detail}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
