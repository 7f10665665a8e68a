import type { ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { FaultBoundary } from '../ui/fault-boundary.tsx'
import { useText } from '../ui/use-text.ts'
import { HaltCorner } from './halt-corner.tsx'
import './app-boundary.css'

/** The last net under the whole screen: whatever broke, the halt is still in its corner. */
export function AppBoundary({ children }: { readonly children: ReactNode }): ReactNode {
  return <FaultBoundary renderFallback={(reason) => <AppFault reason={reason} />}>{children}</FaultBoundary>
}

function AppFault({ reason }: { readonly reason: string }): ReactNode {
  const text = useText()
  return (
    <div className="app-fault">
      <header>
        <HaltCorner />
      </header>
      <main>
        <h1 className="t22">{text('screen.fault.title')}</h1>
        <p className="note">{text('screen.fault.rest')}</p>
        <p className="mono ink-3">{reason}</p>
        <Button look="primary" onClick={() => location.reload()}>{text('screen.reload')}</Button>
      </main>
    </div>
  )
}
