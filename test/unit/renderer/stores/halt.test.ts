import { beforeEach, describe, expect, it } from 'vitest'
import { fail, succeed, type ConnectionState, type ModeState, type Reply } from '../../../../src-preload/contract/index.ts'
import { createHaltControl, pendingHaltKey, useHalt, type HaltWish } from '../../../../src-renderer/stores/halt.ts'

const halted: ModeState = { mode: 'halted', since: 5, reason: 'test', actor: 'hand' }

function controlOn(line: ConnectionState) {
  const sent: { readonly wish: HaltWish; readonly answer: (reply: Reply<ModeState>) => void }[] = []
  const texts = new Map<string, string>()
  const told: ModeState[] = []
  const world = { line, now: 1_000, keys: 0 }
  const parts = {
    send: (wish: HaltWish) => new Promise<Reply<ModeState>>((answer) => void sent.push({ wish, answer })),
    lineState: () => world.line,
    place: {
      getItem: (key: string) => texts.get(key) ?? null,
      setItem: (key: string, text: string) => void texts.set(key, text),
      removeItem: (key: string) => void texts.delete(key),
    },
    newKey: () => `key-number-${++world.keys}`,
    now: () => world.now,
    reason: () => 'halted on the screen',
    halted: (state: ModeState) => void told.push(state),
  }
  return { control: createHaltControl(parts), parts, sent, texts, told, world }
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))
const asking = () => useHalt.getState().asking

beforeEach(() => useHalt.setState({ asking: { kind: 'rest' } }))

describe('the halt of the screen', () => {
  it('is asked at once and done only by the engine’s word', async () => {
    const { control, sent, told, texts } = controlOn('open')
    control.press('hand')
    expect(sent.map(({ wish }) => wish)).toEqual([
      { key: 'key-number-1', reason: 'halted on the screen', actor: 'hand', since: 1_000 },
    ])
    expect(asking().kind).toBe('asked')
    expect(told).toEqual([])
    sent[0]?.answer(succeed(halted))
    await settled()
    expect(told).toEqual([halted])
    expect(asking().kind).toBe('rest')
    expect(texts.size).toBe(0)
  })

  it('is sent once for a trembling finger, and again for a second press later', () => {
    const { control, sent, world } = controlOn('open')
    control.press('hand')
    world.now += 200
    control.press('hand')
    expect(sent).toHaveLength(1)
    world.now += 2_000
    control.press('hotkey')
    expect(sent.map(({ wish }) => wish.key)).toEqual(['key-number-1', 'key-number-2'])
  })

  it('waits for a line in one copy, however often it is pressed', () => {
    const { control, sent, world } = controlOn('lost')
    control.press('hand')
    world.now += 60_000
    control.press('hand')
    expect(sent).toHaveLength(1)
    expect(asking()).toEqual({ kind: 'asked', since: 1_000 })
  })

  it('outlives a reload of the page under its own key', async () => {
    const before = controlOn('lost')
    before.control.press('hotkey')
    const after = controlOn('connecting')
    after.texts.set(pendingHaltKey, before.texts.get(pendingHaltKey) ?? '')
    useHalt.setState({ asking: { kind: 'rest' } })
    after.control.takeUp()
    expect(after.sent[0]?.wish).toEqual(before.sent[0]?.wish)
    expect(asking().kind).toBe('asked')
    after.sent[0]?.answer(succeed(halted))
    await settled()
    expect(after.texts.has(pendingHaltKey)).toBe(false)
  })

  it.each([
    'nonsense', '{}', '{"key":"short","reason":"r","actor":"hand","since":1}',
    '{"key":"long-enough","reason":"","actor":"hand","since":1}',
  ])('takes nothing up from %j', (text) => {
    const { control, texts, sent } = controlOn('open')
    texts.set(pendingHaltKey, text)
    control.takeUp()
    expect(sent).toEqual([])
    expect(texts.has(pendingHaltKey)).toBe(false)
  })

  it.each(['refused', 'incompatible'] as const)('says at once that it cannot be delivered when the line is %s', (line) => {
    const { control, sent } = controlOn(line)
    control.press('hand')
    expect(sent).toEqual([])
    expect(asking()).toMatchObject({ kind: 'failed', error: { code: 'bridge.disconnected' } })
  })

  it('shows what failed until it is put away or pressed again', async () => {
    const { control, sent, world } = controlOn('open')
    control.press('hand')
    sent[0]?.answer(fail('engine.stopping'))
    await settled()
    expect(asking()).toMatchObject({ kind: 'failed', error: { code: 'engine.stopping' } })
    control.dismissFailure()
    expect(asking().kind).toBe('rest')
    world.now += 5_000
    control.press('hand')
    expect(asking().kind).toBe('asked')
  })

  it('does not take a late failure for the outcome of what the engine has granted', async () => {
    const { control, sent, world } = controlOn('open')
    control.press('hand')
    world.now += 2_000
    control.press('hand')
    sent[1]?.answer(succeed(halted))
    await settled()
    sent[0]?.answer(fail('bridge.timed-out', { name: 'trading.halt', timeoutMs: 1 }))
    await settled()
    expect(asking().kind).toBe('rest')
  })
})
