import { EventEmitter } from 'node:events'
import { describe, expect, it } from 'vitest'
import { SecretRegister, watchProcessFaults, type FaultSource } from '../../../src-main/monitor/index.ts'

function watched() {
  const secrets = new SecretRegister()
  secrets.add('planted-secret')
  const did: string[] = []
  const source = new EventEmitter()
  const stop = watchProcessFaults({
    secrets,
    source: source as FaultSource,
    log: { error: (area, message) => void did.push(`log ${area} ${message}`), flushNow: () => void did.push('flush') },
    show: (line) => void did.push(`show ${line}`),
    end: () => void did.push('end'),
  })
  return { did, source, stop }
}

describe('a fault that nobody caught', () => {
  it('is logged, shown without its secrets, and ends the process once', () => {
    const { did, source } = watched()
    source.emit('uncaughtException', new Error('with planted-secret in it'), 'unhandledRejection')
    source.emit('uncaughtException', new Error('another'), 'uncaughtException')
    expect(did).toEqual(['log process uncaught', 'flush', expect.stringContaining('uncaught (unhandledRejection)'), 'end'])
    expect(did.join()).toContain('with [hidden] in it')
  })

  it('ends the process even when it cannot be told', () => {
    const did: string[] = []
    const source = new EventEmitter()
    watchProcessFaults({
      secrets: new SecretRegister(), source: source as FaultSource, show: () => undefined, end: () => void did.push('end'),
      log: { error: () => { throw new Error('the log is broken') }, flushNow: () => undefined },
    })
    expect(() => source.emit('uncaughtException', 'a text that was thrown', 'uncaughtException')).toThrow('the log is broken')
    expect(did).toEqual(['end'])
  })

  it('is nobody’s business any more once the watch is over', () => {
    const { did, source, stop } = watched()
    stop()
    source.emit('uncaughtException', new Error('x'), 'uncaughtException')
    expect(did).toEqual([])
  })
})
