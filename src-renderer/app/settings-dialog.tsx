import { Tabs } from 'radix-ui'
import { useState, type ReactNode } from 'react'
import { useEngineSettings } from '../stores/engine-settings.ts'
import { closeDialog } from '../stores/surface.ts'
import { Dialog } from '../ui/dialog.tsx'
import { useText } from '../ui/use-text.ts'
import { settingSections, type SectionId } from './settings-entries.ts'
import { SettingsLooks } from './settings-looks.tsx'
import { SettingsSection } from './settings-section.tsx'
import { SettingsTrading } from './settings-trading.tsx'
import './settings-dialog.css'

type Shown = 'looks' | 'trading' | SectionId

/** How the screen looks and what it asks about, which is kept in this browser, and what the engine goes by, which is in its file. */
export function SettingsDialog(): ReactNode {
  const text = useText()
  const [shown, setShown] = useState<Shown>('looks')
  const sections = useEngineSettings(({ view }) => view !== undefined && view.values.length > 0)
  const ids: readonly Shown[] = ['looks', 'trading', ...(sections ? settingSections : [])]
  return (
    <Dialog title={text('screen.settings')} onClose={closeDialog} className="settings">
      {/* Each tab is an own Shown: Radix hands the same text back. */}
      <Tabs.Root className="settings-tabs" orientation="vertical" value={shown} onValueChange={(value) => setShown(value as Shown)}>
        <Tabs.List className="settings-list" aria-label={text('screen.settings')}>
          {ids.map((id) => (
            <Tabs.Trigger key={id} value={id} className="settings-tab focus-inside">{text(`screen.settings.section.${id}`)}</Tabs.Trigger>
          ))}
        </Tabs.List>
        {/* All of them are there, so that what is typed in one is not lost by a look at another. */}
        {ids.map((id) => (
          <Tabs.Content key={id} value={id} className="settings-content" tabIndex={-1} forceMount>
            {id === 'looks' ? <SettingsLooks /> : id === 'trading' ? <SettingsTrading /> : <SettingsSection section={id} />}
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  )
}
