import { useCallback, type ReactNode } from 'react'
import { freshAgeText } from '../format/duration.ts'
import { printMilliseconds } from '../format/figure.ts'
import { percentile } from '../format/percentile.ts'
import { useConnection } from '../stores/connection.ts'
import { limits } from '../stores/limits.ts'
import { LiveText } from '../ui/live-text.tsx'
import { useLocale, useText } from '../ui/use-text.ts'
import { FourDigits, StatusCell } from './status-cell.tsx'

/** How old the engine's last word is. */
export function LineCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const health = useConnection((facts) => facts.health)
  const state = useConnection((facts) => facts.state)
  const read = useCallback(
    (now: number) => {
      const { heardAt } = useConnection.getState()
      return heardAt === undefined ? '–' : text('screen.status.old', { age: freshAgeText(locale, now - heardAt) })
    },
    [text, locale],
  )
  const trouble = state === 'open' ? text('screen.line.silent') : text(`connection.${state}.name`)
  return (
    <StatusCell look={health === 'fresh' || state === 'connecting' ? 'calm' : 'hot'}>
      <i className={`dot ${health === 'fresh' ? '' : 'dot-hollow'}`} />
      {text('screen.status.line')} <b>{health === 'fresh' ? <LiveText read={read} digits={9} /> : trouble}</b>
    </StatusCell>
  )
}

export function RoundTripCell(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const values = useConnection((facts) => facts.roundTripsMs)
  const last = values.at(-1)
  const p99 = percentile(values, 0.99)
  const print = (value: number | undefined): string => (value === undefined ? '–' : printMilliseconds(locale, value))
  return (
    <StatusCell look={last !== undefined && last > limits.roundTripMs ? 'hot' : 'calm'} isEngineData>
      {text('screen.status.round-trip')} <FourDigits>{print(last)}</FourDigits>
      <span className="status-more"> / <span className="num" data-figure>{print(p99)}</span> ms p99</span>
    </StatusCell>
  )
}
