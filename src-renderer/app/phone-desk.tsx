import { Tabs } from 'radix-ui'
import { useEffect, useState, type ReactNode } from 'react'
import { useDesk, type DeskHandle } from '../stores/desk.ts'
import { useText } from '../ui/use-text.ts'
import { focusPanel } from './focus-panel.ts'
import { PanelFrame } from './panel-frame.tsx'
import { panelIds, panels } from './panel-registry.ts'
import './phone-desk.css'

/** The desk on a phone: one panel at a time, in one column. */
export function PhoneDesk(): ReactNode {
  const text = useText()
  const [shown, setShown] = useState('engine')
  useEffect(() => {
    useDesk.setState({ handle: handleOf(setShown) })
    return () => useDesk.setState({ handle: undefined })
  }, [])
  return (
    <Tabs.Root className="phone-desk" value={shown} onValueChange={setShown}>
      <Tabs.List className="phone-tabs" aria-label={text('screen.workspace.desk')}>
        {panels.map((panel) => (
          <Tabs.Trigger key={panel.id} value={panel.id} className="phone-tab focus-inside">
            {text(panel.title)}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {panels.map((panel) => (
        <Tabs.Content key={panel.id} value={panel.id} className="phone-panel" tabIndex={-1}>
          <PanelFrame panel={panel} />
        </Tabs.Content>
      ))}
    </Tabs.Root>
  )
}

const handleOf = (show: (change: (shown: string) => string) => void): DeskHandle => ({
  focus: () => show((shown) => {
    focusPanel(shown)
    return shown
  }),
  showPanel: (panel) => show((shown) => (panelIds.includes(panel) ? panel : shown)),
  focusNeighbour: (step) => show((shown) => panelIds.at((panelIds.indexOf(shown) + step) % panelIds.length) ?? shown),
})
