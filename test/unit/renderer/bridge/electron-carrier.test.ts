import { describe, expect, it } from 'vitest'
import type { CloseCause, LineListener } from '../../../../src-preload/contract/index.ts'
import { createElectronCarrier } from '../../../../src-renderer/bridge/electron-carrier.ts'

/** The window's side of the line, as the preload shows it. */
function windowSide() {
  const sent: string[] = []
  const listeners: LineListener[] = []
  let closed = 0
  return {
    sent,
    face: {
      connect: (listener: LineListener) => void listeners.push(listener),
      post: (text: string) => void sent.push(text),
      close: () => void closed++,
    },
    line: () => listeners.at(-1) as LineListener,
    closedTimes: () => closed,
  }
}

async function openLine() {
  const side = windowSide()
  const connecting = createElectronCarrier(side.face).connect()
  side.line().opened()
  const connected = await connecting
  if (!connected.ok) throw new Error('no line')
  return { ...side, port: connected.port }
}

describe('the line through the window', () => {
  it('waits until the window has one', async () => {
    const { port, sent } = await openLine()
    port.post('hello')
    expect(sent).toEqual(['hello'])
  })

  it('says why there is none', async () => {
    const side = windowSide()
    const connecting = createElectronCarrier(side.face).connect()
    side.line().closed('engine-restarting')
    expect(await connecting).toEqual({ ok: false, cause: 'engine-restarting' })
  })

  it('keeps what comes before anybody listens', async () => {
    const { port, line } = await openLine()
    line().message('welcome')
    const heard: string[] = []
    port.onMessage((text) => heard.push(text))
    line().message('more')
    expect(heard).toEqual(['welcome', 'more'])
  })

  it('tells once that it went, also those who ask later, and takes nothing more', async () => {
    const { port, line, sent } = await openLine()
    const heard: string[] = []
    const causes: CloseCause[] = []
    port.onMessage((text) => heard.push(text))
    port.onClose((cause) => causes.push(cause))
    line().closed('engine-stopped')
    line().closed('lost')
    line().message('late')
    port.post('late')
    port.onClose((cause) => causes.push(cause))
    expect(causes).toEqual(['engine-stopped', 'engine-stopped'])
    expect(heard).toEqual([])
    expect(sent).toEqual([])
  })

  it('lets the window go when this side closes it', async () => {
    const { port, closedTimes } = await openLine()
    const causes: CloseCause[] = []
    port.onClose((cause) => causes.push(cause))
    port.close('malformed')
    port.close('closed')
    expect(closedTimes()).toBe(1)
    expect(causes).toEqual(['malformed'])
  })
})
