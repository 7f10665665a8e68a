import type { ReactNode } from 'react'
import { useIsCovered } from '../stores/books.ts'
import { openDialog, useSurface } from '../stores/surface.ts'
import { useWorkspace } from '../stores/workspace.ts'
import { Icon } from '../ui/icon.tsx'
import { KeyHint } from '../ui/key-hint.tsx'
import { Mark } from '../ui/mark.tsx'
import { useText } from '../ui/use-text.ts'
import { AwayButton } from './away-button.tsx'
import { EngineWord } from './engine-word.tsx'
import { goToWorkspace } from './go-to-workspace.ts'
import { ModeBadge } from './mode-badge.tsx'
import type { PanelEntry } from './panel-registry.ts'
import { TopFigures } from './top-figures.tsx'
import { workspaces } from './workspaces.ts'
import './top-bar.css'

interface TopBarProps {
  readonly isPhone: boolean
  /** Of a window that shows one panel: its name stands where the workspaces would. */
  readonly solo: PanelEntry | undefined
}

/** Everything of the top bar but the halt, which stands on its own so that no fault here can take it along. */
export function TopBar({ isPhone, solo }: TopBarProps): ReactNode {
  const text = useText()
  // Where there is no workspace to be seen, there is nowhere to go.
  const isCovered = useIsCovered()
  const isSmall = isPhone || solo !== undefined
  return (
    <>
      <div className="brand">
        <Mark />
        <span className={isSmall ? 'for-readers-only' : ''}>Ballast</span>
      </div>
      {solo !== undefined && <h1 className="solo-name ellipsis">{text(solo.title)}</h1>}
      {!isSmall && !isCovered && <WorkspaceTabs />}
      {!isSmall && !isCovered && <CommandField />}
      <div className="grow" />
      {!isSmall && !isCovered && <AwayButton />}
      {!isCovered && solo === undefined && <TopFigures isPhone={isPhone} />}
      {isSmall && !isCovered && <CommandButton />}
      <EngineWord />
      <ModeBadge />
    </>
  )
}

function WorkspaceTabs(): ReactNode {
  const text = useText()
  const shown = useWorkspace((facts) => facts.shown)
  return (
    <nav className="workspace-tabs" aria-label={text('screen.workspaces')}>
      {workspaces.map((workspace) => (
        <button
          key={workspace.id} type="button" className="workspace-tab focus-inside"
          aria-current={workspace.id === shown ? 'page' : undefined}
          onClick={() => goToWorkspace(workspace.id)}
        >
          {text(workspace.title)} <KeyHint keys={workspace.keys} />
        </button>
      ))}
    </nav>
  )
}

const openPalette = (): void => openDialog('palette')

function CommandField(): ReactNode {
  const text = useText()
  const isOpen = useSurface((surface) => surface.dialog === 'palette')
  return (
    <button type="button" className="command-field" aria-haspopup="dialog" aria-expanded={isOpen} onClick={openPalette}>
      <span className="grow">{text('screen.command-field')}</span>
      <KeyHint keys="Ctrl K" />
    </button>
  )
}

function CommandButton(): ReactNode {
  const text = useText()
  return (
    <button type="button" className="command-button" aria-label={text('screen.command-field')} onClick={openPalette}>
      <Icon name="command" />
    </button>
  )
}
