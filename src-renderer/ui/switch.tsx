import type { ReactNode } from 'react'
import { useText } from './use-text.ts'
import './switch.css'

interface SwitchProps {
  readonly label: string
  readonly describedBy?: string
  readonly isOn: boolean
  readonly isDisabled: boolean
  readonly onChange: (isOn: boolean) => void
}

/** On or off: a place, a word, and no colour. */
export function Switch({ label, describedBy, isOn, isDisabled, onChange }: SwitchProps): ReactNode {
  const text = useText()
  return (
    <button
      type="button" role="switch" className="switch" aria-checked={isOn} aria-label={label} aria-describedby={describedBy} disabled={isDisabled}
      onClick={() => onChange(!isOn)}
    >
      <span className="ink-2">{text(isOn ? 'screen.on' : 'screen.off')}</span>
      <i />
    </button>
  )
}
