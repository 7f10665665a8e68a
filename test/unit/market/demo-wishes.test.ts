import { describe, expect, it } from 'vitest'
import { readDemoWishes } from '../../../src-main/market/index.ts'

describe('how the demo market is wanted', () => {
  it('is the usual seed and its own rhythm without a word', () => {
    expect(readDemoWishes({})).toEqual({ wishes: { seed: 7 }, unusable: [] })
  })

  it('is a seed and an intensity of the surroundings', () => {
    expect(readDemoWishes({ BALLAST_DEMO_SEED: '42', BALLAST_DEMO_INTENSITY: '500' })).toEqual({ wishes: { seed: 42, intensity: 500 }, unusable: [] })
  })

  it.each(['-1', '1.5', 'seven', '99999999999', '1e3'])('names a seed of no use (%s) and takes the usual one', (text) => {
    expect(readDemoWishes({ BALLAST_DEMO_SEED: text })).toEqual({ wishes: { seed: 7 }, unusable: ['BALLAST_DEMO_SEED'] })
  })

  it.each(['0', '501'])('names an intensity out of bounds (%s)', (text) => {
    expect(readDemoWishes({ BALLAST_DEMO_INTENSITY: text }).unusable).toEqual(['BALLAST_DEMO_INTENSITY'])
  })

  it('is a second at which it stands still, where its past has begun', () => {
    expect(readDemoWishes({ BALLAST_DEMO_STANDS_AT: '1772461900' }).wishes.standsAt).toBe(1_772_461_900_000)
    expect(readDemoWishes({ BALLAST_DEMO_STANDS_AT: '1600000000' })).toEqual({ wishes: { seed: 7 }, unusable: ['BALLAST_DEMO_STANDS_AT'] })
  })
})
