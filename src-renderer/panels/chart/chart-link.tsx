import type { ReactNode } from 'react'
import { linkColours, linkToken, type LinkColour } from '../../stores/linked-symbol.ts'
import { useText } from '../../ui/use-text.ts'
import { ChartSelect } from './chart-select.tsx'

interface ChartLinkProps {
  readonly link: LinkColour | undefined
  readonly onChoose: (link: LinkColour | undefined) => void
}

/** Which colour's panels this one goes with. */
export function ChartLink({ link, onChoose }: ChartLinkProps): ReactNode {
  const text = useText()
  const options = [
    { value: 'none', text: text('screen.chart.link.none') },
    ...linkColours.map((colour) => ({ value: colour, text: text(`screen.chart.link.${colour}`) })),
  ]
  return (
    <span className="chart-link" style={{ '--link': link === undefined ? 'transparent' : `var(${linkToken[link]})` } as Readonly<Record<string, string>>}>
      <ChartSelect label={text('screen.chart.link')} value={link ?? 'none'} options={options} onChoose={(chosen) => onChoose(linkColours.find((colour) => colour === chosen))} />
    </span>
  )
}
