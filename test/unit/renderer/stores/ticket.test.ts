import { beforeEach, describe, expect, it } from 'vitest'
import { fail, succeed, type CommandAnswerView, type Reply } from '../../../../src-preload/contract/index.ts'
import type { ScreenBridge } from '../../../../src-renderer/bridge/screen-bridge.ts'
import { beginAnew, changeDraft, draftOf, isAwaited, isDoneFor, resetTicket, sendTicket, useTicket } from '../../../../src-renderer/stores/ticket.ts'
import { act, useLastAct } from '../../../../src-renderer/stores/trading-hand.ts'
import { defaultSafety, lockTrading, parseTradingSafety, printTradingSafety, useTradingSafety } from '../../../../src-renderer/stores/trading-safety.ts'

interface Asked {
  readonly name: string
  readonly input: { readonly clientKey: string; readonly actor: string }
  readonly answer: (reply: Reply<CommandAnswerView>) => void
}

function lineOf(state: 'open' | 'lost' = 'open') {
  const asked: Asked[] = []
  const line = {
    state,
    call: (name: string, input: Asked['input']) => new Promise<Reply<CommandAnswerView>>((answer) => void asked.push({ name, input, answer })),
  }
  // Only what a hand needs of a bridge.
  return { bridge: line as unknown as ScreenBridge, asked, line }
}

const wish = { of: 'place', order: { account: 'paper', instrument: 'BTC/USD', side: 'buy', type: 'limit', size: { by: 'quantity', lots: 1 }, timeInForce: 'gtc', limit: 100 } } as const
const press = (bridge: ScreenBridge, instrument = 'BTC/USD') => sendTicket(bridge, { wish, sentence: 'Buy 1 at 100', instrument, actor: 'hand' }, 5)
const accepted: CommandAnswerView = { verdict: { ok: true }, isRepeat: false, orders: [] }
const refused: CommandAnswerView = {
  verdict: { ok: false, refusal: { rule: 'risk.order-notional', limit: 1, actual: 2, unit: 'amount', asset: 'USD', instrument: null, detail: '' } }, isRepeat: false, orders: [],
}
const keysOf = (asked: readonly Asked[]): number => new Set(asked.map(({ input }) => input.clientKey)).size

beforeEach(() => {
  resetTicket()
  useTradingSafety.setState(defaultSafety)
  useLastAct.setState({ last: undefined })
})

describe('the ticket', () => {
  it('asks once, however often it is pressed before the answer', async () => {
    const { bridge, asked } = lineOf()
    const first = press(bridge)
    expect(await press(bridge)).toBe(false)
    expect(isAwaited(useTicket.getState())).toBe(true)
    asked[0]?.answer(succeed(accepted))
    expect(await first).toBe(true)
    expect(asked.map(({ name }) => name)).toEqual(['trading.place'])
  })

  it('asks for nothing more once its draft was accepted, until another is begun', async () => {
    const { bridge, asked } = lineOf()
    const first = press(bridge)
    asked[0]?.answer(succeed(accepted))
    await first
    expect(await press(bridge)).toBe(false)
    expect(isDoneFor(useTicket.getState(), 'BTC/USD')).toBe(true)
    expect(isDoneFor(useTicket.getState(), 'ETH/USD')).toBe(false)
    beginAnew()
    void press(bridge)
    expect(keysOf(asked)).toBe(2)
  })

  it('asks again with the same key where no answer came', async () => {
    const { bridge, asked } = lineOf()
    const first = press(bridge)
    asked[0]?.answer(fail('bridge.timed-out'))
    await first
    void press(bridge)
    expect(asked).toHaveLength(2)
    expect(keysOf(asked)).toBe(1)
  })

  it('takes another key for a draft that was changed, and after a refusal', async () => {
    const { bridge, asked } = lineOf()
    const first = press(bridge)
    asked[0]?.answer(fail('bridge.timed-out'))
    await first
    changeDraft('BTC/USD', { size: '2' })
    const second = press(bridge)
    asked[1]?.answer(succeed(refused))
    await second
    expect(isDoneFor(useTicket.getState(), 'BTC/USD')).toBe(false)
    void press(bridge)
    expect(keysOf(asked)).toBe(3)
  })

  it('does not take for done what was changed while the answer was awaited', async () => {
    const { bridge, asked } = lineOf()
    const first = press(bridge)
    changeDraft('BTC/USD', { size: '2' })
    expect(isAwaited(useTicket.getState())).toBe(true)
    asked[0]?.answer(succeed(accepted))
    await first
    expect(isDoneFor(useTicket.getState(), 'BTC/USD')).toBe(false)
    void press(bridge)
    expect(keysOf(asked)).toBe(2)
  })

  it('keeps a draft for each instrument', () => {
    changeDraft('BTC/USD', { price: '100' })
    changeDraft('ETH/USD', { price: '7' })
    expect(draftOf(useTicket.getState(), 'BTC/USD').price).toBe('100')
    expect(draftOf(useTicket.getState(), 'SOL/USD').price).toBe('')
  })
})

describe('the lock of trading', () => {
  it('lets nothing leave the screen, neither an order nor a cancel', async () => {
    const { bridge, asked } = lineOf()
    lockTrading(true)
    await press(bridge)
    expect(useTicket.getState().sent?.answer).toEqual({ ok: false, stopped: 'locked' })
    await act(bridge, 'trading.cancel', 'x', { order: '0'.repeat(32) })
    expect(useLastAct.getState().last).toMatchObject({ isWaiting: false, answer: { ok: false, stopped: 'locked' } })
    expect(asked).toEqual([])
  })

  it('holds where what was kept of it makes no sense, and is kept as it was set', () => {
    expect(parseTradingSafety({ version: 1 })?.isLocked).toBe(true)
    expect(parseTradingSafety({ version: 2, isLocked: false })).toBeUndefined()
    const set = { isLocked: false, confirms: { ...defaultSafety.confirms, place: true, close: false } }
    expect(parseTradingSafety(JSON.parse(printTradingSafety(set)))).toEqual(set)
  })
})

it('without a line nothing waits to be sent later', async () => {
  const { bridge, asked, line } = lineOf('lost')
  await press(bridge)
  expect(useTicket.getState().sent?.answer).toEqual({ ok: false, stopped: 'no-line' })
  line.state = 'open'
  await Promise.resolve()
  expect(asked).toEqual([])
})
