import type { ReactNode } from 'react'

interface ChartSelectProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChoose: (value: Value) => void
  readonly className?: string
}

/** One of many, in the browser's own list: it takes keys, touch and screen readers as it is. */
export function ChartSelect<Value extends string>({ label, value, options, onChoose, className = '' }: ChartSelectProps<Value>): ReactNode {
  return (
    <select
      className={`chart-select ${className}`}
      aria-label={label}
      title={label}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.target.value)
        if (chosen !== undefined) onChoose(chosen.value)
      }}
    >
      {options.map((option) => <option key={option.value} value={option.value}>{option.text}</option>)}
    </select>
  )
}
