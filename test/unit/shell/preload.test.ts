import type { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { shellChannels, type CloseCause, type LineListener, type PreloadFace } from '../../../src-preload/contract/index.ts'

/** The renderer's half of Electron, as far as a preload sees it. */
const electron = vi.hoisted(() => ({
  exposed: new Map<string, unknown>(),
  asked: [] as unknown[][],
  renderer: undefined as EventEmitter | undefined,
}))

vi.mock('electron', async () => {
  const events = await import('node:events')
  const ipcRenderer = Object.assign(new events.EventEmitter(), {
    send: (...args: unknown[]) => void electron.asked.push(args),
    invoke: (...args: unknown[]) => Promise.resolve(args),
  })
  electron.renderer = ipcRenderer
  return { ipcRenderer, contextBridge: { exposeInMainWorld: (name: string, face: unknown) => void electron.exposed.set(name, face) } }
})

let face: PreloadFace
let program: EventEmitter
/** What the page heard. */
let told: string[]

function listener(name = 'line'): LineListener {
  // A line that ends after its test is none of the next one's business.
  const heard = told
  return {
    opened: () => void heard.push(`${name} opened`),
    message: (text) => void heard.push(`${name} ${text}`),
    closed: (cause: CloseCause) => void heard.push(`${name} ${cause}`),
  }
}

/** Answers the question that was asked last, or another one, with a line; gives back the engine's end. */
function answerWithLine(attempt: unknown = electron.asked.at(-1)?.[1]): MessagePort {
  const { port1, port2 } = new MessageChannel()
  program.emit(shellChannels.line, { ports: [port2] }, attempt)
  return port1
}

const call = (name: string): string => JSON.stringify({ kind: 'call', id: 1, name, input: {} })
const later = (ms = 20): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

beforeEach(async () => {
  // The preload of the test before, which a window would have taken with it.
  electron.renderer?.removeAllListeners()
  vi.resetModules()
  vi.stubGlobal('CONTRACT_NAMES', ['engine.ping', 'engine.watch'])
  electron.asked.length = 0
  told = []
  await import('../../../src-preload/index.ts')
  // The module under test put it there.
  face = electron.exposed.get('ballast') as PreloadFace
  if (electron.renderer === undefined) throw new Error('the preload did not ask for electron')
  program = electron.renderer
})

describe('the preload', () => {
  it('asks for a line, and carries text both ways over it', async () => {
    face.connect(listener())
    expect(electron.asked).toEqual([[shellChannels.connect, 1]])
    const engine = answerWithLine()
    const heard: unknown[] = []
    engine.addEventListener('message', ({ data }) => heard.push(data))
    engine.start()
    engine.postMessage('hello')
    face.post(call('engine.ping'))
    await later()
    expect(told).toEqual(['line opened', 'line hello'])
    expect(heard).toEqual([call('engine.ping')])
    engine.close()
  })

  it.each([
    ['a name that the contract does not have', call('engine.explode')],
    ['a name of the language', call('constructor')],
    ['an open without a name', JSON.stringify({ kind: 'open', id: 1 })],
    ['a kind that only engines send', JSON.stringify({ kind: 'welcome' })],
    ['no object', '"call"'],
    ['nothing', 'null'],
    ['no JSON', '{'],
    ['no text', 17],
    ['too much', JSON.stringify({ kind: 'ack', frame: 1, padding: 'x'.repeat(256 * 1024) })],
  ])('lets %s not leave the page', async (_what, text) => {
    face.connect(listener())
    const engine = answerWithLine()
    const heard: unknown[] = []
    engine.addEventListener('message', ({ data }) => heard.push(data))
    engine.start()
    expect(() => face.post(text as string)).toThrow()
    for (const good of [{ kind: 'ack', frame: 1 }, { kind: 'close', id: 1 }, { kind: 'open', id: 1, name: 'engine.watch', input: {} }]) {
      face.post(JSON.stringify(good))
    }
    await later()
    expect(heard).toHaveLength(3)
    engine.close()
  })

  it('hands out only the line that was asked for last', async () => {
    face.connect(listener('old'))
    face.connect(listener('new'))
    const old = answerWithLine(1)
    const closed = new Promise((resolve) => old.addEventListener('close', resolve))
    await closed
    answerWithLine(2).close()
    expect(told).toEqual(['new opened'])
  })

  it('tells why a line went, once, when the program says so before the line is found to be gone', async () => {
    face.connect(listener())
    const engine = answerWithLine()
    engine.close()
    await later()
    program.emit(shellChannels.down, {}, 'engine-restarting')
    await later(150)
    expect(told).toEqual(['line opened', 'line engine-restarting'])
  })

  it('tells of a lost line when nobody says why', async () => {
    face.connect(listener())
    answerWithLine().close()
    await later(150)
    expect(told).toEqual(['line opened', 'line lost'])
  })

  it('tells at once that there is no engine, and not on behalf of an earlier question', () => {
    face.connect(listener())
    program.emit(shellChannels.down, {}, 'engine-stopped', 0)
    expect(told).toEqual([])
    program.emit(shellChannels.down, {}, 'engine-stopped', 1)
    expect(told).toEqual(['line engine-stopped'])
  })

  it('says no more after the page gave the line up', async () => {
    face.connect(listener())
    const engine = answerWithLine()
    face.close()
    engine.postMessage('too late')
    program.emit(shellChannels.down, {}, 'engine-restarting')
    await later(150)
    expect(told).toEqual(['line opened'])
  })

  it('passes the verbs on', async () => {
    expect(await face.shell('open-link', 'licence')).toEqual([shellChannels.shell, 'open-link', 'licence'])
  })
})
