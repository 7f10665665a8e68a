import {
  createBridge, mayUse, parseServerFrame, unacknowledgedFramesMax, type Access, type Bridge, type ClientMessage, type Connected, type ErrorCode, type Port,
  type Reply, type ServerMessage,
} from '../../../src-preload/contract/index.ts'
import { conformanceTable, type ConformanceTable } from './conformance-table.ts'
import { callSamples, streamSamples } from './samples.ts'

/**
 * What every carrier must do, written once. Runs in Node and, bundled, inside a page; so it needs no test runner: a case
 * that fails throws.
 */
export interface CarrierUnderTest {
  connect(access: Access): Promise<Connected>
  /** False where the carrier itself decides who a client is. */
  readonly hasAccessLevels: boolean
  /** True where a name outside the table does not even get onto the line. */
  readonly refusesForeignNames?: boolean
}

export interface ConformanceCase {
  readonly name: string
  run(carrier: CarrierUnderTest): Promise<void>
}

function check(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(what)
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

async function until(condition: () => boolean, what: string, limitMs = 4_000): Promise<void> {
  const end = Date.now() + limitMs
  while (!condition()) {
    check(Date.now() < end, `not within ${limitMs} ms: ${what}`)
    await wait(5)
  }
}

let keys = 0
const newKey = (): string => `conformance-${Date.now()}-${++keys}`

async function withBridge(carrier: CarrierUnderTest, access: Access, use: (bridge: Bridge<ConformanceTable>) => Promise<void>): Promise<void> {
  const bridge = createBridge({
    table: conformanceTable,
    connect: () => carrier.connect(access),
    schedule: (action, delayMs) => {
      const timer = setTimeout(action, delayMs)
      return () => clearTimeout(timer)
    },
    newKey,
  })
  try {
    await until(() => bridge.state === 'open', 'the bridge opens')
    await use(bridge)
  } finally {
    bridge.dispose()
  }
}

/** The line itself, for what a well-behaved client never sends. */
interface RawLine {
  readonly port: Port
  readonly messages: ServerMessage[]
  /** How many frames have come with stream messages in them. */
  readonly streamFrames: () => number
  readonly isClosed: () => boolean
  send(message: ClientMessage): void
  answerTo(id: number): Promise<ServerMessage>
}

async function withRawLine(carrier: CarrierUnderTest, access: Access, use: (line: RawLine) => Promise<void>): Promise<void> {
  const connected = await carrier.connect(access)
  check(connected.ok, 'the line opens')
  const messages: ServerMessage[] = []
  let closed = false
  const { port } = connected
  port.onClose(() => (closed = true))
  let streamFrames = 0
  port.onMessage((text) => {
    const came = parseServerFrame(text)?.messages ?? []
    messages.push(...came)
    if (came.some(({ kind }) => kind === 'snapshot' || kind === 'delta')) streamFrames++
  })
  const answerTo = async (id: number): Promise<ServerMessage> => {
    const find = (): ServerMessage | undefined => messages.find((message) => 'id' in message && message.id === id)
    await until(() => find() !== undefined, `an answer to ${id}`)
    return find() as ServerMessage
  }
  try {
    await use({ port, messages, streamFrames: () => streamFrames, isClosed: () => closed, send: (message) => port.post(JSON.stringify(message)), answerTo })
  } finally {
    port.close('closed')
  }
}

function checkRefused(reply: Reply<unknown> | ServerMessage, code: ErrorCode): void {
  const error = 'error' in reply ? reply.error : undefined
  check(error?.code === code, `expected ${code}, was ${JSON.stringify(reply)}`)
}

function checkThrows(act: () => void): void {
  try {
    act()
  } catch {
    return
  }
  throw new Error('expected a refusal before the line')
}

const one = (name: string, run: (carrier: CarrierUnderTest) => Promise<void>): ConformanceCase => ({ name, run })

function perEntryCases(): readonly ConformanceCase[] {
  const calls = Object.entries(callSamples).flatMap(([name, { good, bad, refused }]) => {
    const entry = conformanceTable[name as keyof typeof callSamples]
    return [
      one(`${name}: a good call is answered as its schema says`, (carrier) =>
        withBridge(carrier, 'admin', async (bridge) => {
          const reply = await bridge.call(name as 'engine.status', good as never)
          if (refused !== undefined) return check(!reply.ok && reply.error.code === refused, `expected ${refused}, was ${JSON.stringify(reply)}`)
          check(reply.ok, JSON.stringify(reply))
          check(entry.output.safeParse(reply.value).success, 'the output fits its schema')
        })),
      one(`${name}: malformed input is refused before any handler`, (carrier) =>
        withRawLine(carrier, 'admin', async (line) => {
          line.send({ kind: 'call', id: 7, name, input: bad as never, ...(entry.kind === 'command' ? { key: newKey() } : {}) })
          checkRefused(await line.answerTo(7), 'bridge.malformed-input')
        })),
      ...refusedAccessCase(name, entry.access, (line) =>
        line.send({ kind: 'call', id: 8, name, input: good as never, ...(entry.kind === 'command' ? { key: newKey() } : {}) })),
    ]
  })
  const streams = Object.entries(streamSamples).flatMap(([name, { good, bad }]) => {
    const entry = conformanceTable[name as keyof typeof streamSamples]
    return [
      one(`${name}: a snapshot comes first and fits its schema`, (carrier) =>
        withRawLine(carrier, 'admin', async (line) => {
          line.send({ kind: 'open', id: 7, name, input: good as never })
          const first = await line.answerTo(7)
          check(first.kind === 'snapshot' && first.seq === 0, `expected a snapshot, was ${JSON.stringify(first)}`)
          check(entry.snapshot.safeParse(first.value).success, 'the snapshot fits its schema')
        })),
      one(`${name}: malformed input is refused before any handler`, (carrier) =>
        withRawLine(carrier, 'admin', async (line) => {
          line.send({ kind: 'open', id: 7, name, input: bad as never })
          checkRefused(await line.answerTo(7), 'bridge.malformed-input')
        })),
      ...refusedAccessCase(name, entry.access, (line) => line.send({ kind: 'open', id: 8, name, input: good as never })),
    ]
  })
  return [...calls, ...streams]
}

/** Every entry above the lowest level is refused to the level below it. */
function refusedAccessCase(name: string, needed: Access, send: (line: RawLine) => void): readonly ConformanceCase[] {
  const lower = (['trade', 'read'] as const).find((level) => !mayUse(level, needed))
  if (lower === undefined) return []
  return [
    one(`${name}: is refused to ${lower}`, (carrier) =>
      withRawLine(carrier, lower, async (line) => {
        if (!carrier.hasAccessLevels) return
        send(line)
        checkRefused(await line.answerTo(8), 'bridge.access-denied')
      })),
  ]
}

const callCases: readonly ConformanceCase[] = [
  one('JSON values come back as they went', (carrier) =>
    withBridge(carrier, 'read', async (bridge) => {
      const value = { text: 'Ünïcode ✓ \u2028 "quoted" \\ \n', big: '12345678901234567890.123456789', list: [1, -0.5, null, true, { deep: [] }] }
      const reply = await bridge.call('test.echo', { value })
      check(reply.ok && JSON.stringify(reply.value.value) === JSON.stringify(value), 'the same value')
    })),
  one('an unknown name is malformed, as call and as stream, and so are names of the language itself', (carrier) =>
    withRawLine(carrier, 'admin', async (line) => {
      const foreign: readonly (ClientMessage & { id: number })[] = [
        { kind: 'call', id: 1, name: 'no.such', input: {} },
        { kind: 'open', id: 2, name: 'no.such', input: {} },
        { kind: 'call', id: 3, name: 'constructor', input: {} },
      ]
      for (const message of foreign) {
        if (carrier.refusesForeignNames === true) checkThrows(() => line.send(message))
        else {
          line.send(message)
          checkRefused(await line.answerTo(message.id), 'bridge.unknown-name')
        }
      }
      line.send({ kind: 'open', id: 4, name: 'engine.status', input: {} })
      checkRefused(await line.answerTo(4), 'bridge.unknown-name')
    })),
  one('a level below the needed one is refused', (carrier) =>
    withBridge(carrier, 'trade', async (bridge) => {
      if (carrier.hasAccessLevels) checkRefused(await bridge.call('test.admin', {}), 'bridge.access-denied')
    })),
  one('a throwing handler is told as a bug, without its text', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.send({ kind: 'call', id: 1, name: 'test.throw', input: {} })
      checkRefused(await line.answerTo(1), 'bridge.handler-failed')
      line.send({ kind: 'open', id: 2, name: 'test.throwing-stream', input: {} })
      checkRefused(await line.answerTo(2), 'bridge.handler-failed')
      check(!JSON.stringify(line.messages).includes('planted-secret'), 'the text stays inside')
    })),
  one('an output that its schema forbids does not leave', (carrier) =>
    withBridge(carrier, 'read', async (bridge) => checkRefused(await bridge.call('test.bad-output', {}), 'bridge.malformed-output'))),
  one('a command without a key is refused', (carrier) =>
    withRawLine(carrier, 'trade', async (line) => {
      line.send({ kind: 'call', id: 1, name: 'test.count', input: { label: 'keyless' } })
      checkRefused(await line.answerTo(1), 'bridge.key-missing')
    })),
  one('a command sent again under its key is answered, not done again', (carrier) =>
    withBridge(carrier, 'trade', async (bridge) => {
      const key = newKey()
      const label = `twice ${key}`
      const first = await bridge.call('test.count', { label }, { key })
      const again = await bridge.call('test.count', { label }, { key })
      check(first.ok && again.ok && again.value.executed === 1, JSON.stringify([first, again]))
      checkRefused(await bridge.call('test.count', { label: 'other' }, { key }), 'bridge.key-reused')
    })),
  one('too many calls at once are refused, and a halt still passes', (carrier) =>
    withRawLine(carrier, 'admin', async (line) => {
      for (let id = 1; id <= 65; id++) line.send({ kind: 'call', id, name: 'test.wait', input: { ms: 300 } })
      line.send({ kind: 'call', id: 100, name: 'trading.halt', input: { reason: 'a test', actor: 'hand' }, key: newKey() })
      checkRefused(await line.answerTo(65), 'bridge.too-many-calls')
      check((await line.answerTo(100)).kind === 'done', 'the halt was done')
      check(line.messages.every((message) => !('id' in message) || message.id > 64), 'the halt overtook what waits')
    })),
  one('what is not a message ends the line', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.port.post('{"kind":"call","id":1,"name":"engine.status","input":{},"surplus":1}')
      await until(line.isClosed, 'the line ends')
    })),
]

const streamCases: readonly ConformanceCase[] = [
  one('an every-stream leaves nothing out', (carrier) =>
    withBridge(carrier, 'read', async (bridge) => {
      const got: number[] = []
      const stop = bridge.watch('test.every', { count: 5_000 }, { snapshot: () => undefined, delta: (value) => got.push(value) })
      await until(() => got.length === 5_000, 'all deltas')
      stop()
      check(got.every((value, index) => value === index + 1), 'in order')
    })),
  one('a latest-stream ends on the newest, having left out the rest', (carrier) =>
    withBridge(carrier, 'read', async (bridge) => {
      const got: number[] = []
      bridge.watch('test.latest', { count: 1_000 }, { snapshot: (value) => got.push(value), delta: (value) => got.push(value) })
      await until(() => got.at(-1) === 1_000, 'the newest')
      check(got.length < 10, `conflated: ${got.length} of 1,001`)
    })),
  one('an every-stream past its bound ends with an overflow, never with a silent gap', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.send({ kind: 'open', id: 1, name: 'test.every', input: { count: 5_001 } })
      await until(() => line.messages.some((message) => message.kind === 'ended'), 'the end')
      checkRefused(line.messages.find((message) => message.kind === 'ended') as ServerMessage, 'bridge.overflow')
      const deltas = line.messages.filter((message) => message.kind === 'delta').map((message) => message.value)
      check(deltas.every((value, index) => value === index + 1), 'what came before it is whole')
    })),
  one('a client is told of the gap and begins anew', (carrier) =>
    withBridge(carrier, 'read', async (bridge) => {
      const seen: string[] = []
      const listener = { snapshot: () => seen.push('snapshot'), gap: () => seen.push('gap'), delta: () => undefined }
      const stop = bridge.watch('test.every', { count: 5_001 }, listener)
      await until(() => seen.includes('gap'), 'the gap is told')
      stop()
    })),
  one('a reader that acknowledges nothing costs a bounded number of frames', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.send({ kind: 'open', id: 1, name: 'clock.watch', input: {} })
      await line.answerTo(1)
      for (let id = 2; id < 60; id++) {
        line.send({ kind: 'open', id, name: 'test.latest', input: { count: 1 } })
        await wait(12)
      }
      check(line.streamFrames() <= unacknowledgedFramesMax, `the server waits for acknowledgements: ${line.streamFrames()} frames`)
    })),
  one('a stream that is closed says no more', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.send({ kind: 'open', id: 1, name: 'clock.watch', input: {} })
      await line.answerTo(1)
      line.send({ kind: 'close', id: 1 })
      await wait(50)
      const before = line.messages.length
      await wait(600)
      check(line.messages.length === before, 'nothing more')
    })),
]

const reconnectCases: readonly ConformanceCase[] = [
  one('after a lost line the streams begin anew and a command is done once', (carrier) =>
    withBridge(carrier, 'trade', async (bridge) => {
      let snapshots = 0
      bridge.watch('engine.watch', {}, { snapshot: () => snapshots++, delta: () => undefined })
      await until(() => snapshots === 1, 'the first snapshot')
      const label = `dropped ${newKey()}`
      const reply = await bridge.call('test.drop', { label })
      check(reply.ok && reply.value.executed === 1, `done once and answered: ${JSON.stringify(reply)}`)
      await until(() => snapshots === 2, 'a snapshot on the new line')
    })),
  one('a command that never arrived is not done when its client asks for it, nor when it arrives after all', (carrier) =>
    withRawLine(carrier, 'trade', async (line) => {
      const key = newKey()
      line.send({ kind: 'recall', id: 1, name: 'test.count', key })
      checkRefused(await line.answerTo(1), 'bridge.not-done')
      line.send({ kind: 'call', id: 2, name: 'test.count', input: { label: `late ${key}` }, key })
      checkRefused(await line.answerTo(2), 'bridge.not-done')
    })),
  one('a halt is done each time that it is asked for, whatever its key was answered before', (carrier) =>
    withBridge(carrier, 'admin', async (bridge) => {
      const key = newKey()
      const halt = { reason: 'a test', actor: 'hand' } as const
      check((await bridge.call('trading.halt', halt, { key })).ok, 'the first halt')
      check((await bridge.call('trading.resume', { ...halt, to: 'active' })).ok, 'the resume')
      check((await bridge.call('trading.halt', halt, { key })).ok, 'the second halt')
      const status = await bridge.call('engine.status', {})
      check(status.ok && status.value.mode === 'halted', `halted: ${JSON.stringify(status)}`)
    })),
  one('a message that is nested beyond reason costs its sender the line, and nobody else anything', (carrier) =>
    withRawLine(carrier, 'read', async (line) => {
      line.port.post(`{"kind":"call","id":1,"name":"engine.status","input":${'['.repeat(50_000)}${']'.repeat(50_000)}}`)
      checkRefused(await line.answerTo(1), 'bridge.malformed-input')
      line.send({ kind: 'call', id: 2, name: 'engine.status', input: {} })
      check((await line.answerTo(2)).kind === 'done', 'the engine goes on')
    })),
  one('a reason that could move a cursor is refused', (carrier) =>
    withRawLine(carrier, 'admin', async (line) => {
      for (const [index, reason] of ['\u001b[2A', 'a\nb', '\u202eabc', '\u2028', ''].entries()) {
        line.send({ kind: 'call', id: index + 1, name: 'trading.halt', input: { reason, actor: 'hand' }, key: newKey() })
        checkRefused(await line.answerTo(index + 1), 'bridge.malformed-input')
      }
    })),
  one('a command is not kept for later while there is no line; a halt is', async (carrier) => {
    let isUp = false
    const connect = async (): Promise<Connected> => (isUp ? carrier.connect('admin') : { ok: false, cause: 'lost' })
    const late: CarrierUnderTest = { ...carrier, connect }
    const bridge = createBridge({
      table: conformanceTable,
      connect: () => late.connect('admin'),
      schedule: (action, delayMs) => {
        const timer = setTimeout(action, delayMs)
        return () => clearTimeout(timer)
      },
      newKey,
    })
    try {
      checkRefused(await bridge.call('test.count', { label: 'no line' }), 'bridge.disconnected')
      const halt = bridge.call('trading.halt', { reason: 'a test', actor: 'hand' })
      isUp = true
      check((await halt).ok, 'the halt arrives when the line is back')
    } finally {
      bridge.dispose()
    }
  }),
]

export const conformanceCases: readonly ConformanceCase[] = [...perEntryCases(), ...callCases, ...streamCases, ...reconnectCases]
