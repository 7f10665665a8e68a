import { describe, expect, it } from 'vitest'
import { createBridgeServer } from '../../../src-main/bridge/index.ts'
import { portPair } from '../../../src-preload/contract/index.ts'

describe('a server of the bridge', () => {
  it('lets go of every line when it is closed, and of whoever comes back after that', async () => {
    const server = createBridgeServer({ table: {}, handlers: {}, version: '1', onBug: (_name, error) => { throw error } })
    const causes: string[] = []
    const connect = (): void => {
      const [mine, theirs] = portPair()
      mine.onClose((cause) => causes.push(cause))
      server.serve(theirs, { access: 'admin', peer: 'test' })
    }
    connect()
    expect(server.clients).toBe(1)
    server.close('engine-stopped')
    connect()
    await Promise.resolve()
    expect(server.clients).toBe(0)
    expect(causes).toEqual(['engine-stopped', 'engine-stopped'])
  })
})
