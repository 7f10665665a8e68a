import { describe, expect, it } from 'vitest'
import { AlivePing, createTelegram, type ChannelSettings } from '../../../src-main/monitor/index.ts'
import { until } from './receiver.ts'
import { systemClock, quick, ended, receiver, setUp, failed } from './delivery-desk.ts'

describe('Telegram', () => {
  const token = '123456789:AAF-abcdefghijklmnopqrstuvwxyz0123456'
  const telegram = (parts: { token?: () => string } = {}): ChannelSettings => ({
    name: 'telegram', least: 'info',
    sender: createTelegram(
      { profile: 'demo', locale: 'fr', token: () => token, chat: '-100200', timeoutMs: 1_000, base: receiver.origin, ...parts },
    ),
  })
  const good = JSON.stringify({ ok: true, result: {} })

  it('gets a message in the trader’s language, loud when it matters', async () => {
    const { centre, delivery, channel: state } = setUp(quick, systemClock, 'fr')
    receiver.answer = (response) => void response.end(good)
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    expect(receiver.received[0]).toMatchObject({ method: 'POST', path: `/bot${token}/sendMessage` })
    expect(receiver.bodies()[0]).toMatchObject(
      {
        chat_id: '-100200', disable_notification: false,
        text: expect.stringMatching(/^Critique \(demo\)\u00a0: .*\.\nFaites de la place/),
      },
    )
    centre.clear(failed)
    await until(() => state().delivered === 2)
    expect(receiver.bodies()[1]).toMatchObject(
      { disable_notification: true, text: expect.stringMatching(/^Rétabli \(demo\)\u00a0: /) },
    )
  })

  it('is waited for as long as it asks', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => {
      response.statusCode = receiver.received.length === 1 ? 429 : 200
      response.end(response.statusCode === 429 ? JSON.stringify({ ok: false, parameters: { retry_after: 1 } }) : good)
    }
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().delivered === 1)
    const [first, second] = receiver.received.map(({ at }) => at)
    expect(Number(second) - Number(first)).toBeGreaterThan(900)
  })

  it('has not taken what it does not say to have taken', async () => {
    const { centre, delivery, channel: state } = setUp()
    receiver.answer = (response) => void response.end('<html>please log in to this network</html>')
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().problem === 'answer')
  })

  it.each(
    [['nonsense'], [''], ['1:../../evil-path-evil'], ['123456789:AAF/../../x']],
  )('is not asked with the token %j', async (wrong) => {
    const { centre, delivery, channel: state } = setUp()
    delivery.replaceChannels([telegram({ token: () => wrong })])
    centre.raise(failed)
    await until(() => state().problem === 'token')
    expect(receiver.received).toEqual([])
  })

  it('leaves no token in what people see', async () => {
    const { centre, delivery, channel: state, facts } = setUp()
    await receiver.stop()
    delivery.replaceChannels([telegram()])
    centre.raise(failed)
    await until(() => state().failures === 1)
    expect(JSON.stringify([state(), facts, centre.open()])).not.toContain('AAF-')
  })
})

describe('the sign of life', () => {
  const ping = (isWell: () => boolean, address = (): string => `${receiver.origin}/alive`): AlivePing => {
    const alive = new AlivePing({ address, isWell, everyMs: 60, retryMs: 30, timeoutMs: 100, wallMs: () => Date.now() })
    ended.push(() => alive.dispose())
    return alive
  }

  it('is sent again and again', async () => {
    const alive = ping(() => true)
    await until(() => receiver.received.length >= 3)
    expect(receiver.received[0]).toMatchObject({ method: 'GET', path: '/alive' })
    await until(() => alive.state.sent >= 3)
    expect(alive.state).toMatchObject({ problem: '', withheld: 0, lastAt: expect.any(Number) })
  })

  it('is withheld while the engine is not well, and comes again when it is', async () => {
    let isWell = false
    const alive = ping(() => isWell)
    await until(() => alive.state.withheld >= 3)
    expect(receiver.received).toEqual([])
    isWell = true
    await until(() => receiver.received.length >= 1)
  })

  it('says why it does not get through, and tries again soon', async () => {
    await receiver.stop()
    const alive = ping(() => true)
    await until(() => alive.state.problem === 'ECONNREFUSED')
    await receiver.start()
    await until(() => alive.state.sent >= 1)
    expect(alive.state.problem).toBe('')
  })

  it('is not sent when its address cannot be read, and ends when it is over', async () => {
    const alive = ping(() => true, () => {
      throw new Error('planted-secret')
    })
    await until(() => alive.state.problem === 'secret')
    alive.dispose()
    expect(receiver.received).toEqual([])
  })
})
