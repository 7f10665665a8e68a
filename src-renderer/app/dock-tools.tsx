import type { IDockviewHeaderActionsProps } from 'dockview-react'
import { useEffect, useState, type ReactNode } from 'react'
import { deskLayout } from '../stores/desk.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { useText } from '../ui/use-text.ts'
import { openPanelWindow } from './panel-window.ts'

/** What can be done to a group of panels, at the right end of its tabs. */
export function DockTools({ api, containerApi, group }: IDockviewHeaderActionsProps): ReactNode {
  const text = useText()
  const [isMaximized, setMaximized] = useState(api.isMaximized())
  const [isFloating, setFloating] = useState(api.location.type === 'floating')
  useEffect(() => {
    const changes = [
      containerApi.onDidMaximizedGroupChange(() => setMaximized(api.isMaximized())),
      api.onDidLocationChange((event) => setFloating(event.location.type === 'floating')),
    ]
    return () => changes.forEach((change) => change.dispose())
  }, [api, containerApi])

  const act = (action: 'toggleMaximized' | 'toggleFloating') => (): void => {
    group.activePanel?.api.setActive()
    deskLayout()?.[action]()
  }
  const openWindow = (): void => {
    if (group.activePanel !== undefined) void openPanelWindow(window, group.activePanel.id)
  }
  return (
    <div className="dock-tools">
      <Tool icon="window" label={text('screen.dock.window')} onPress={openWindow} />
      <Tool
        icon={isFloating ? 'dock' : 'float'}
        label={text(isFloating ? 'screen.dock.dock' : 'screen.dock.float')}
        onPress={act('toggleFloating')}
      />
      {!isFloating && (
        <Tool
          icon={isMaximized ? 'restore' : 'maximize'}
          label={text(isMaximized ? 'screen.dock.restore' : 'screen.dock.maximize')}
          onPress={act('toggleMaximized')}
        />
      )}
    </div>
  )
}

interface ToolProps {
  readonly icon: IconName
  readonly label: string
  readonly onPress: () => void
}

function Tool({ icon, label, onPress }: ToolProps): ReactNode {
  return (
    <button type="button" className="dock-tool focus-inside" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  )
}
