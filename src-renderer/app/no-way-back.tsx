import type { ReactNode } from 'react'
import { useConnection } from '../stores/connection.ts'
import { Button } from '../ui/button.tsx'
import { useText } from '../ui/use-text.ts'
import './no-way-back.css'

/** What waiting does not mend: a key that is missing or wrong, or a page of another version than the engine. */
export function NoWayBack(): ReactNode {
  const text = useText()
  const kind = useConnection((facts) => (facts.state === 'incompatible' ? 'incompatible' : 'refused'))
  return (
    <main className="no-way-back">
      <h1>{text(`screen.${kind}.title`)}</h1>
      <p className="note">{text(`screen.${kind}.why`)}</p>
      <p className="note">{text(`screen.${kind}.next`)}</p>
      {kind === 'incompatible' ? (
        <Button look="primary" onClick={() => location.reload()}>{text('screen.reload')}</Button>
      ) : (
        <code className="mono">ballast serve</code>
      )}
    </main>
  )
}
