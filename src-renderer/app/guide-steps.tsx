import type { ReactNode } from 'react'
import { locales } from '../../src-preload/contract/text/index.ts'
import { useBooks } from '../stores/books.ts'
import { choosePreferences, palettes, themes, usePreferences } from '../stores/preferences.ts'
import { openDialogFromHere } from '../stores/surface.ts'
import { Button } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Prose } from '../ui/prose.tsx'
import { StateSign } from '../ui/state-sign.tsx'
import { useText } from '../ui/use-text.ts'

export function LanguageStep(): ReactNode {
  const text = useText()
  const language = usePreferences((preferences) => preferences.language)
  return (
    <>
      <Choice
        label={text('screen.settings.language')} value={language} onChoose={(chosen) => choosePreferences({ language: chosen })}
        options={locales.map((value) => ({ value, text: text(`screen.language.${value}`) }))}
      />
      <p className="note">{text('screen.guide.language.means')}</p>
    </>
  )
}

const protections = ['keychain', 'passphrase', 'ephemeral'] as const

/** The three ways, and which of them holds here. */
export function BooksStep(): ReactNode {
  const text = useText()
  const protection = useBooks((facts) => facts.status?.protection)
  return (
    <>
      <p className="note">{text('screen.guide.books.means')}</p>
      <ul className="guide-ways">
        {protections.map((way) => (
          <li key={way} className={way === protection ? 'guide-way-here' : ''}>
            <StateSign sign={way === protection ? 'well' : 'off'} />
            <div>
              <p className="med">
                {text(`screen.guide.books.${way}`)}
                {way === protection && <span className="ink-2">{` · ${text('screen.guide.books.here')}`}</span>}
              </p>
              <p className="ink-2">{text(`screen.guide.books.${way}.means`)}</p>
            </div>
          </li>
        ))}
      </ul>
      <p className="ink-2"><Prose>{text('screen.guide.books.other')}</Prose></p>
    </>
  )
}

export function RecoveryStep(): ReactNode {
  const text = useText()
  const has = useBooks((facts) => facts.status?.hasRecoveryCode === true)
  return (
    <>
      <p className="note">{text('screen.guide.recovery.means')}</p>
      <p className="guide-fact">
        <StateSign sign={has ? 'well' : 'warning'} />
        <span>{text(has ? 'screen.guide.recovery.has' : 'screen.guide.recovery.none')}</span>
      </p>
      {!has && (
        <div>
          <Button onClick={() => openDialogFromHere('recovery-code')}>{text('screen.guide.recovery.make')}</Button>
        </div>
      )}
      <p className="ink-2">{text('screen.guide.recovery.later')}</p>
    </>
  )
}

export function LooksStep(): ReactNode {
  const text = useText()
  const { theme, palette } = usePreferences()
  return (
    <>
      <Choice
        label={text('screen.settings.theme')} value={theme} onChoose={(chosen) => choosePreferences({ theme: chosen })}
        options={themes.map((value) => ({ value, text: text(`screen.theme.${value}`) }))}
      />
      <Choice
        label={text('screen.settings.palette')} value={palette} onChoose={(chosen) => choosePreferences({ palette: chosen })}
        options={palettes.map((value) => ({ value, text: text(`screen.palette.${value}`) }))}
      />
      <p className="setting-sample">
        <span className="sample-buy">{text('screen.settings.buy')} +312.48</span>
        <span className="sample-sell">{text('screen.settings.sell')} −41.20</span>
      </p>
      <p className="note">{text('screen.guide.looks.means')}</p>
    </>
  )
}

export function HaltStep(): ReactNode {
  const text = useText()
  return (
    <>
      <p className="note">{text('screen.guide.halt.means')}</p>
      <p className="note">{text('screen.guide.halt.resume')}</p>
      <p className="note">{text('screen.guide.halt.palette')}</p>
      <p className="ink-2">{text('screen.guide.halt.key')}</p>
    </>
  )
}
