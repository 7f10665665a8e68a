import { rawOf } from './base/index.ts'
import { fail, succeed, type WeatherView } from '../src-preload/contract/index.ts'
import type { PaperAtHand } from './paper-at-hand.ts'
import type { PaperDesk } from './trading-desk/index.ts'
import type { PaperTrading } from './trading-setup/index.ts'
import type { WeatherNow } from './venues/paper/index.ts'

/** What a person may change of the simulated exchange, over the line to it. */
export function paperDeskOver(venue: PaperAtHand, { accounts }: PaperTrading, now: () => number): PaperDesk {
  let preset: WeatherNow['preset'] = venue.wishedWeather
  let since = now()
  /** What had struck before this weather. */
  let before: WeatherNow['struck'] = {}
  const view = (): WeatherView => {
    const struck = venue.weather?.struck ?? {}
    if (preset !== venue.wishedWeather) {
      // Told by the exchange, which outlived the engine that it was wished of.
      preset = venue.wishedWeather
      since = now()
    }
    // Counted anew by each life of the exchange.
    const times = (fault: string, count: number): number => (count >= (before[fault] ?? 0) ? count - (before[fault] ?? 0) : count)
    const found = Object.entries(struck).map(([fault, count]) => ({ fault, times: times(fault, count) }))
    return { preset, since, line: venue.status.kind === 'open' ? 'up' : 'down', struck: found.filter((each) => each.times > 0) }
  }
  return {
    weather: () => Promise.resolve(succeed(view())),
    setWeather: ({ preset: wanted }) => {
      if (wanted !== venue.wishedWeather) {
        preset = wanted
        since = now()
        before = venue.weather?.struck ?? {}
      }
      venue.become(wanted)
      return Promise.resolve(succeed(view()))
    },
    async reset({ account, reason }) {
      const known = accounts.find(({ id }) => id === account)
      if (known === undefined) return fail('paper.reset-refused', { account, detail: 'there is no such account' })
      const outcome = await venue.reset({ account, reason, balances: known.balances })
      if (outcome.ok) return succeed({ account, balances: known.balances.map(({ asset, amount }) => ({ asset, amount: rawOf(amount) })) })
      if (outcome.reason === 'not-there' || outcome.reason === 'not-known') return fail('paper.unreachable')
      return fail('paper.reset-refused', { account, detail: outcome.reason === 'no-price' ? `${outcome.instrument} has no price to close it at` : 'the exchange does not know it' })
    },
  }
}
