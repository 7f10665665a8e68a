import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../../src-main/base/index.ts'
import { Weather } from '../../../../src-main/venues/paper/weather/weather.ts'
import { chaosPresets } from '../../../../src-main/venues/sim/index.ts'
import type { ChaosPresetName } from '../../../../src-main/venues/sim/index.ts'
import { limitOf, marketOf, paperHouse } from './paper-house.ts'

/** Ten minutes of orders and rounds of questions in one weather. */
function tenMinutes(weather: ChaosPresetName) {
  const house = paperHouse({ weather })
  house.run(1_000)
  for (let second = 0; second < 600; second += 2) {
    house.send(second % 3 === 0 ? marketOf(200, second % 4 === 0 ? 'buy' : 'sell') : limitOf(300, house.quote().bid - (second % 7)))
    if (second % 10 === 0) house.venue.perform({ kind: 'fetch-epoch', account: 'paper', epoch: second, needs: 0, since: house.schedule.now - 60_000 })
    house.run(2_000)
  }
  return house
}

describe('the weather of the paper venue', () => {
  it('strikes nothing while it is calm: every order is accepted, and every round of questions whole', () => {
    const house = tenMinutes('calm')
    expect(house.venue.weather()).toEqual({ preset: 'calm', struck: {} })
    expect(house.of('send-accepted')).toHaveLength(300)
    expect(house.of('send-unknown')).toHaveLength(0)
    expect(house.of('epoch-reported').every(({ trades, openOrders }) => trades.ok && openOrders.ok)).toBe(true)
  })

  it.each(['flaky-wifi', 'exchange-meltdown', 'half-open-socket', 'liar'] as const)('strikes with what belongs to it, and nothing else: %s', (name) => {
    const house = tenMinutes(name)
    const struck = Object.keys(house.venue.weather().struck)
    expect(struck.length).toBeGreaterThanOrEqual(6)
    expect(struck.filter((fault) => chaosPresets[name].faults[fault] === undefined)).toEqual([])
    expect(house.of('send-unknown').length + house.of('send-not-sent').length).toBeGreaterThan(10)
    expect([...house.venue.ledgerSums().values()].every((sum) => sum === 0n)).toBe(true)
  })

  it('can be changed while it runs, and is over at once', () => {
    const house = tenMinutes('exchange-meltdown')
    house.venue.become('calm')
    house.run(10_000)
    const { struck } = house.venue.weather()
    const unknown = house.of('send-unknown').length
    for (let order = 0; order < 50; order += 1) {
      house.send(limitOf(300, house.quote().bid - 100))
      house.run(500)
    }
    expect(house.venue.weather()).toEqual({ preset: 'calm', struck })
    expect(house.of('send-unknown')).toHaveLength(unknown)
  })

  it('moves the prices in a flash crash, and brings them home when it is over', () => {
    const [crashed, calm] = [paperHouse({ weather: 'flash-crash' }), paperHouse()]
    for (const house of [crashed, calm]) house.run(150_000)
    expect(crashed.quote().bid).toBeLessThan(calm.quote().bid * 0.93)
    crashed.venue.become('calm')
    for (const house of [crashed, calm]) house.run(60_000)
    expect(Math.abs(crashed.quote().bid / calm.quote().bid - 1)).toBeLessThan(0.001)
  })

  it('counts what befalls connections and venues per minute, however often it is asked', () => {
    const weather = new Weather(createRandom(5))
    weather.become('flaky-wifi')
    let struck = 0
    for (let look = 0; look < 12 * 600; look += 1) if (weather.throws('close-1006')) struck += 1
    // 0.6 a minute, in 600 minutes of a look every five seconds.
    expect(struck).toBeGreaterThan(300)
    expect(struck).toBeLessThan(420)
  })
})
