import type { ReactNode } from 'react'
import { coverOf, useBooks } from '../stores/books.ts'
import { useConnection } from '../stores/connection.ts'
import { hasNoWayBack } from '../stores/halt.ts'
import { useSurface } from '../stores/surface.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { DialogLayer } from '../ui/dialog-layer.tsx'
import { useMediaQuery } from '../ui/use-media-query.ts'
import { Bands } from './bands.tsx'
import { DockDesk } from './dock-desk.tsx'
import { FirstRun } from './first-run.tsx'
import { HaltCorner } from './halt-corner.tsx'
import { LockScreen } from './lock-screen.tsx'
import { NoWayBack } from './no-way-back.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { PhoneDesk } from './phone-desk.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { workspaceOf } from './workspaces.ts'
import './app.css'

/** Below this width panels side by side would be slivers. */
const phone = '(max-width: 719px)'

/** The window: the mode's frame around top bar, bands, workspace and status bar. */
export function App(): ReactNode {
  const isPhone = useMediaQuery(phone)
  const state = useConnection((facts) => facts.state)
  const dialog = useSurface((surface) => surface.dialog)
  const cover = useBooks(coverOf)
  const books = useBooks((facts) => facts.status?.state)
  return (
    <div className="frame" data-books={books}>
      <div className="window">
        <header className="top-bar">
          <TopBar isPhone={isPhone} />
          <HaltCorner />
        </header>
        <Bands />
        <DialogLayer isCovered={dialog !== undefined && cover === undefined}>
          {hasNoWayBack(state) ? <NoWayBack /> : cover !== undefined ? <LockScreen cover={cover} /> : isPhone ? <PhoneDesk /> : <ShownWorkspace />}
          {cover === undefined && <OpenDialog />}
          <FirstRun />
        </DialogLayer>
        <StatusBar />
      </div>
    </div>
  )
}

/** Each workspace is a desk of its own; the one before is taken away as a whole. */
function ShownWorkspace(): ReactNode {
  const shown = useWorkspace((facts) => facts.shown)
  return <DockDesk key={shown} workspace={workspaceOf(shown)} />
}
