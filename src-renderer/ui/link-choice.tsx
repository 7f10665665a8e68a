import type { ReactNode } from 'react'
import { linkColours, linkToken, type LinkColour } from '../stores/linked-symbol.ts'
import { useText } from './use-text.ts'
import './link-choice.css'

interface LinkChoiceProps {
  readonly link: LinkColour | undefined
  /** What it may choose beside the colours: to go with nobody. */
  readonly mayBeFree?: boolean
  readonly onChoose: (link: LinkColour | undefined) => void
}

const free = 'none'

/** Which colour's panels this one goes with. The browser's own list lies over the sign. */
export function LinkChoice({ link, mayBeFree = false, onChoose }: LinkChoiceProps): ReactNode {
  const text = useText()
  const label = text('screen.chart.link')
  const shown = link === undefined ? 'transparent' : `var(${linkToken[link]})`
  return (
    <span className="link-choice" style={{ '--link': shown } as Readonly<Record<string, string>>}>
      <select
        aria-label={label} title={label} value={link ?? free} className="focus-inside"
        onChange={(event) => onChoose(linkColours.find((colour) => colour === event.target.value))}
      >
        {mayBeFree && <option value={free}>{text('screen.chart.link.none')}</option>}
        {linkColours.map((colour) => <option key={colour} value={colour}>{text(`screen.chart.link.${colour}`)}</option>)}
      </select>
    </span>
  )
}
