import type { ButtonHTMLAttributes, ReactNode } from 'react'
import { KeyHint } from './key-hint.tsx'
import './button.css'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: 'plain' | 'ghost' | 'primary' | 'attention'
  readonly size?: 'normal' | 'small'
  readonly keys?: string
}

export function Button({ look = 'plain', size = 'normal', keys, children, className = '', ...rest }: ButtonProps): ReactNode {
  return (
    <button type="button" className={`button button-${look} button-${size} ${className}`} {...rest}>
      {children}
      {keys !== undefined && <KeyHint keys={keys} />}
    </button>
  )
}
