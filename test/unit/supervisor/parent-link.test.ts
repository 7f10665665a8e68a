import { EventEmitter } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { parentLink, portOfProcess, type FromEngine, type ProcessPort } from '../../../src-main/supervisor/index.ts'

const ready: FromEngine = { kind: 'ready', state: { mode: 'starting', since: 1, reason: 'started', actor: 'engine' } }

/** A port as Electron gives it to a process. */
class HandLedPort extends EventEmitter implements ProcessPort {
  readonly posted: unknown[] = []
  isClosed = false
  isStarted = false
  postMessage(message: unknown): void {
    this.posted.push(message)
  }
  start(): void {
    this.isStarted = true
  }
  close(): void {
    this.isClosed = true
  }
}

afterEach(() => {
  vi.restoreAllMocks()
  Reflect.deleteProperty(process, 'parentPort')
})

describe('the link to the parent', () => {
  it('goes over Electron’s port where there is one, ports and all', () => {
    const parentPort = new HandLedPort()
    Object.assign(process, { parentPort })
    const link = parentLink()
    link.send(ready)
    expect(parentPort.posted).toEqual([ready])
    const heard: unknown[] = []
    link.onMessage((message, ports) => heard.push(message, ports.length))
    parentPort.emit('message', { data: { kind: 'stop' }, ports: [new HandLedPort()] })
    expect(heard).toEqual([{ kind: 'stop' }, 1])
    link.onGone(() => heard.push('gone'))
    expect(heard).toHaveLength(2)
  })

  it('goes over Node’s channel elsewhere', () => {
    const on = vi.spyOn(process, 'on').mockReturnValue(process)
    const link = parentLink()
    link.onMessage(() => undefined)
    link.onGone(() => undefined)
    expect(on.mock.calls.map(([event]) => event)).toEqual(['message', 'disconnect'])
  })

  it('says nothing into a channel that is gone', () => {
    const send = vi.fn()
    const before = { send: process.send, connected: process.connected }
    Object.assign(process, { send, connected: false })
    parentLink().send(ready)
    Object.assign(process, { connected: true })
    parentLink().send(ready)
    Object.assign(process, before)
    expect(send).toHaveBeenCalledTimes(1)
  })
})

describe('a line over a port of a process', () => {
  it('carries text both ways and nothing else', () => {
    const processPort = new HandLedPort()
    const port = portOfProcess(processPort)
    const got: string[] = []
    port.onMessage((text) => got.push(text))
    expect(processPort.isStarted).toBe(true)
    processPort.emit('message', { data: 'hello' })
    processPort.emit('message', { data: { not: 'text' } })
    port.post('hello yourself')
    expect(got).toEqual(['hello'])
    expect(processPort.posted).toEqual(['hello yourself'])
  })

  it('is lost when the other side closes, once', () => {
    const processPort = new HandLedPort()
    const port = portOfProcess(processPort)
    const causes: string[] = []
    port.onClose((cause) => causes.push(cause))
    processPort.emit('close')
    processPort.emit('close')
    port.post('into the void')
    expect(causes).toEqual(['lost'])
    expect(processPort.posted).toEqual([])
  })

  it('closes for the cause that it is given', () => {
    const processPort = new HandLedPort()
    const port = portOfProcess(processPort)
    const causes: string[] = []
    port.onClose((cause) => causes.push(cause))
    port.close('malformed')
    processPort.emit('close')
    expect(causes).toEqual(['malformed'])
    expect(processPort.isClosed).toBe(true)
  })
})
