import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseClientMessage, parseServerFrame, parseToken, portPair } from '../../src-preload/contract/index.ts'
import { startConformanceServer } from '../contract/conformance/conformance-server.ts'

const isDeep = process.env['BALLAST_DEEP'] !== undefined
const runs = { numRuns: isDeep ? 50_000 : 300 }
const limitMs = isDeep ? 300_000 : 20_000

/** Near misses find more than noise: real messages with pieces changed, doubled or left out. */
const nearMiss: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom<string[]>(
      '{"kind":"call","id":1,"name":"engine.status","input":{}}',
      '{"kind":"call","id":2,"name":"trading.halt","input":{"reason":"x","actor":"hand"},"key":"key-number-1"}',
      '{"kind":"open","id":3,"name":"clock.watch","input":{}}',
      '{"kind":"ack","frame":1}',
      '{"kind":"close","id":3}',
    ),
    fc.array(fc.tuple(fc.nat(120), fc.nat(10), fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 4 }),
  )
  .map(([text, edits]) => edits.reduce<string>((edited, [at, length, put]) => edited.slice(0, at) + put + edited.slice(at + length), text))
/** Deep enough to exhaust the stack of whoever walks down. */
const deep = fc.integer({ min: 1, max: 60_000 }).map((depth) => `{"kind":"call","id":1,"name":"engine.status","input":${'['.repeat(depth)}${']'.repeat(depth)}}`)
const text = fc.oneof(deep, fc.string({ unit: 'binary' }), fc.json(), nearMiss)

describe('whatever bytes come', () => {
  it('the parsers answer and do not throw', () => {
    fc.assert(
      fc.property(text, (bytes) => {
        parseClientMessage(bytes)
        parseServerFrame(bytes)
        parseToken(bytes)
      }),
      runs,
    )
  }, limitMs)

  it('a session answers or ends its line, and the engine goes on', async () => {
    const server = await startConformanceServer()
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 5 }), async (messages) => {
        const [client, engine] = portPair()
        server.serve(engine, { access: 'read', peer: 'test' })
        for (const message of messages) client.post(message)
        await new Promise((resolve) => setImmediate(resolve))
        client.close('closed')
        await new Promise((resolve) => setImmediate(resolve))
        expect(server.bugs).toEqual([])
      }),
      { numRuns: Math.min(runs.numRuns, 10_000) },
    )
    await server.dispose()
  }, limitMs)
})
