import type { ReactNode } from 'react'
import { locales } from '../../src-preload/contract/text/index.ts'
import { useDesk } from '../stores/desk.ts'
import { choosePreferences, palettes, themes, usePreferences } from '../stores/preferences.ts'
import { closeDialog } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { useText } from '../ui/use-text.ts'
import { exportLayoutFile, importLayoutFile } from './layout-file.ts'

/** What is chosen takes effect at once. */
export function SettingsLooks(): ReactNode {
  const text = useText()
  const { theme, palette, language } = usePreferences()
  return (
    <>
      <div className="dialog-body">
        <Look name={text('screen.settings.theme')}>
          <Choice
            label={text('screen.settings.theme')} value={theme} onChoose={(chosen) => choosePreferences({ theme: chosen })}
            options={themes.map((value) => ({ value, text: text(`screen.theme.${value}`) }))}
          />
        </Look>
        <Look name={text('screen.settings.palette')}>
          <Choice
            label={text('screen.settings.palette')} value={palette} onChoose={(chosen) => choosePreferences({ palette: chosen })}
            options={palettes.map((value) => ({ value, text: text(`screen.palette.${value}`) }))}
          />
          <p className="setting-sample">
            <span className="sample-buy">{text('screen.settings.buy')} +312.48</span>
            <span className="sample-sell">{text('screen.settings.sell')} −41.20</span>
          </p>
        </Look>
        <Look name={text('screen.settings.language')}>
          <Choice
            label={text('screen.settings.language')} value={language}
            onChoose={(chosen) => choosePreferences({ language: chosen })}
            options={locales.map((value) => ({ value, text: text(`screen.language.${value}`) }))}
          />
        </Look>
        <LayoutLook />
      </div>
      <div className="dialog-foot">
        <span className="grow ink-2">{text('screen.settings.kept')}</span>
        <Button look="primary" keys="Esc" onClick={closeDialog}>{text('screen.done')}</Button>
      </div>
    </>
  )
}

function LayoutLook(): ReactNode {
  const text = useText()
  const layout = useDesk((facts) => facts.handle?.layout)
  if (layout === undefined) return null
  return (
    <Look name={text('screen.settings.layout')}>
      <div className="setting-actions">
        <Button look="ghost" onClick={() => layout.reset()}>{text('screen.layout.reset')}</Button>
        <Button look="ghost" onClick={() => exportLayoutFile(window)}>{text('screen.layout.export')}</Button>
        <Button look="ghost" onClick={() => void importLayoutFile(window)}>{text('screen.layout.import')}</Button>
      </div>
    </Look>
  )
}

function Look({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="setting">
      <h3 className="ink-2">{name}</h3>
      <div className="grow">{children}</div>
    </div>
  )
}
