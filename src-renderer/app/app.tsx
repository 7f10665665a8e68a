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
import { Ticket } from '../panels/ticket/ticket.tsx'
import { NoWayBack } from './no-way-back.tsx'
import { OpenDialog } from './open-dialog.tsx'
import { PhoneDesk } from './phone-desk.tsx'
import type { PanelEntry } from './panel-registry.ts'
import { PriceNotes } from './price-notes.tsx'
import { SoloDesk } from './solo-desk.tsx'
import { StatusBar } from './status-bar.tsx'
import { TopBar } from './top-bar.tsx'
import { workspaceOf } from './workspaces.ts'
import './app.css'

/** Below this width panels side by side would be slivers. */
const phone = '(max-width: 719px)'

interface AppProps {
  /** The one panel that this window shows, if it shows no desk. */
  readonly solo: PanelEntry | undefined
}

/** The window: the mode's frame around top bar, bands, workspace and status bar. */
export function App({ solo }: AppProps): ReactNode {
  const isPhone = useMediaQuery(phone)
  const state = useConnection((facts) => facts.state)
  const dialog = useSurface((surface) => surface.dialog)
  const cover = useBooks(coverOf)
  const books = useBooks((facts) => facts.status?.state)
  return (
    <div className="frame" data-books={books}>
      <div className="window">
        <header className="top-bar">
          <TopBar isPhone={isPhone} solo={solo} />
          <HaltCorner />
        </header>
        <Bands />
        <DialogLayer notes={cover === undefined ? <PriceNotes /> : undefined} isCovered={dialog !== undefined && cover === undefined}>
          {hasNoWayBack(state) ? <NoWayBack /> : cover !== undefined ? <LockScreen cover={cover} /> : <Desk isPhone={isPhone} solo={solo} />}
          {cover === undefined && <OpenDialog />}
          {solo === undefined && <FirstRun />}
        </DialogLayer>
        <StatusBar />
      </div>
    </div>
  )
}

function Desk({ isPhone, solo }: AppProps & { readonly isPhone: boolean }): ReactNode {
  if (solo !== undefined) return <SoloDesk panel={solo} />
  return isPhone ? <PhoneDesk /> : <ShownWorkspace />
}

/** Each workspace is a desk of its own; the one before is taken away as a whole. Where one trades, the ticket lies beside it, out of the layout's reach. */
function ShownWorkspace(): ReactNode {
  const shown = useWorkspace((facts) => facts.shown)
  const desk = <DockDesk key={shown} workspace={workspaceOf(shown)} />
  if (shown !== 'trade') return desk
  return <div className="desk-with-ticket"><div className="desk-beside">{desk}</div><Ticket /></div>
}
