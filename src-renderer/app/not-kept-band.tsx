import type { ReactNode } from 'react'
import { useBooks } from '../stores/books.ts'
import { StateSign } from '../ui/state-sign.tsx'
import { useText } from '../ui/use-text.ts'

/** Calm, because nothing is wrong: but nobody shall believe that a demo is remembered. */
export function NotKeptBand(): ReactNode {
  const text = useText()
  const isKept = useBooks(({ status }) => status?.protection !== 'ephemeral')
  if (isKept) return null
  return (
    <p className="not-kept">
      <StateSign sign="off" />
      <span className="med">{text('screen.not-kept')}</span>
      <span className="ellipsis">{text('screen.not-kept.means')}</span>
    </p>
  )
}
