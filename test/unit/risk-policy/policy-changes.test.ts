import { describe, expect, it } from 'vitest'
import { changesBetween, loosenings, tightenings, whatToDo } from '../../../src-main/risk-policy/index.ts'
import { policyOf } from './policies.ts'

describe('the changes between two policies', () => {
  it('are none between a policy and itself', () => expect(changesBetween(policyOf(), policyOf())).toEqual([]))

  it('name each value with the one before and after, and which way it goes', () => {
    const old = policyOf('order: {notionalMax: 500, slippage: 1 %}\nlosses: {streakPauseMinutes: 30}\n')
    const next = policyOf('order: {notionalMax: 800, slippage: 2 %}\nlosses: {streakPauseMinutes: 20}\n')
    expect(changesBetween(old, next)).toEqual([
      { path: 'order.notionalMax', old: '500', new: '800', loosens: true },
      { path: 'order.slippage', old: '1 %', new: '2 %', loosens: false },
      { path: 'losses.streakPauseMinutes', old: '30', new: '20', loosens: true },
    ])
    expect(tightenings(old, next).map(({ path }) => path)).toEqual(['order.slippage'])
    expect(loosenings(old, next).map(({ path }) => path)).toEqual(['order.notionalMax', 'losses.streakPauseMinutes'])
  })

  it('count what an instrument may do, also where a limit of its own comes or goes', () => {
    const [own, none] = [policyOf('instruments: {BTC-USD: {notionalMax: 200}}\n'), policyOf()]
    expect(changesBetween(none, own)).toEqual([{ path: 'instruments.BTC-USD.notionalMax', old: '1000', new: '200', loosens: false }])
    expect(changesBetween(own, none)).toEqual([{ path: 'instruments.BTC-USD.notionalMax', old: '200', new: '1000', loosens: true }])
  })

  it('take hours that move for a loosening, and hours that only shrink for a tightening', () => {
    const hours = (windows: string) => policyOf(`hours: {windowsUtc: [${windows}]}\n`)
    expect(changesBetween(hours('mon 09:00-12:00'), hours('mon 10:00-13:00'))).toEqual([
      { path: 'hours.windowsUtc', old: 'mon 09:00-12:00', new: 'mon 10:00-13:00', loosens: true },
    ])
    expect(changesBetween(policyOf(), hours('mon 10:00-13:00'))).toMatchObject([{ old: 'always', loosens: false }])
  })
})

describe('what to do', () => {
  it('applies what tightens and holds what loosens', () => {
    const decision = whatToDo(policyOf(), policyOf('order: {notionalMax: 500, openMax: 500}\n'))
    expect(decision.apply).toEqual([{ path: 'order.notionalMax', old: '1000', new: '500', loosens: false }])
    expect(decision.hold).toEqual([{ path: 'order.openMax', old: '400', new: '500', loosens: true }])
    expect(decision.now).toEqual(policyOf('order: {notionalMax: 500}\n'))
  })

  it('closes at once what closes where hours move', () => {
    const hours = (windows: string) => policyOf(`hours: {windowsUtc: [${windows}]}\n`)
    const { apply, hold } = whatToDo(hours('mon 09:00-12:00'), hours('mon 10:00-13:00'))
    expect(apply).toEqual([{ path: 'hours.windowsUtc', old: 'mon 09:00-12:00', new: 'mon 10:00-12:00', loosens: false }])
    expect(hold).toEqual([{ path: 'hours.windowsUtc', old: 'mon 10:00-12:00', new: 'mon 10:00-13:00', loosens: true }])
  })

  it('takes no amount of another currency for a tighter one', () => {
    const { now, apply, hold } = whatToDo(policyOf('currency: EUR\n'), policyOf('currency: USD\norder: {notionalMax: 1, openMax: 5}\n'))
    expect(apply.map(({ path }) => path)).toEqual(['order.openMax'])
    expect(hold.map(({ path, loosens }) => [path, loosens])).toEqual([['currency', true], ['order.notionalMax', true]])
    expect(now.currency).toBe('EUR')
  })
})
