import fc from 'fast-check'
import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  causeOfCloseCode, closeCodeOf, parseToken, printToken, sameText, securePort, type CloseCause, type Signer, type TextSocket,
} from '../../../src-preload/contract/index.ts'

const sign = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64url')

/** Like Web Crypto: the answers come later, and the short ones not always first. */
const slowSigner: Signer = {
  sign: (key, text) => new Promise((resolve) => setTimeout(() => resolve(sign(key, text)), text.length % 5)),
}

function socketPair(): readonly [TextSocket, TextSocket] {
  const listeners: ((text: string) => void)[][] = [[], []]
  const closes: ((code: number) => void)[][] = [[], []]
  const facing = (own: number, other: number): TextSocket => ({
    send: (text) => queueMicrotask(() => listeners[other]?.forEach((listener) => listener(text))),
    onText: (listener) => void listeners[own]?.push(listener),
    onClosed: (listener) => void closes[own]?.push(listener),
    close: (code) => queueMicrotask(() => closes[other]?.forEach((listener) => listener(code))),
  })
  return [facing(0, 1), facing(1, 0)]
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe('the secure line', () => {
  it('keeps the order though signatures come out of order', async () => {
    const [left, right] = socketPair()
    const sender = securePort(left, { outgoing: 'a', incoming: 'b' }, slowSigner)
    const receiver = securePort(right, { outgoing: 'b', incoming: 'a' }, slowSigner)
    const got: string[] = []
    receiver.onMessage((text) => got.push(text))
    const texts = Array.from({ length: 20 }, (_each, index) => `message ${'x'.repeat((index * 7) % 5)} ${index}`)
    for (const text of texts) sender.post(text)
    await wait(300)
    expect(got).toEqual(texts)
  })

  it('lets what is urgent overtake what waits, but no command: a halt must stay behind the resume before it', async () => {
    const [left, right] = socketPair()
    const sender = securePort(left, { outgoing: 'a', incoming: 'b' }, slowSigner)
    const receiver = securePort(right, { outgoing: 'b', incoming: 'a' }, slowSigner)
    const got: string[] = []
    receiver.onMessage((text) => got.push(text))
    for (let index = 0; index < 5; index++) sender.post(`ordinary ${index}`)
    sender.post('resume', 'command')
    for (let index = 5; index < 10; index++) sender.post(`ordinary ${index}`)
    sender.post('halt', 'urgent')
    sender.post('resume again', 'command')
    await wait(300)
    expect(got).toHaveLength(13)
    expect(got.filter((text) => !text.startsWith('ordinary'))).toEqual(['resume', 'halt', 'resume again'])
    expect(got.indexOf('halt')).toBe(got.indexOf('resume') + 1)
  })

  it('keeps what comes before anybody listens', async () => {
    const [left, right] = socketPair()
    const sender = securePort(left, { outgoing: 'a', incoming: 'b' }, { sign })
    const receiver = securePort(right, { outgoing: 'b', incoming: 'a' }, { sign })
    sender.post('early')
    await wait(10)
    const got: string[] = []
    receiver.onMessage((text) => got.push(text))
    expect(got).toEqual(['early'])
  })

  it('ends when whoever takes the text throws, and does not pile up what comes', async () => {
    const [left, right] = socketPair()
    const sender = securePort(left, { outgoing: 'a', incoming: 'b' }, { sign })
    const receiver = securePort(right, { outgoing: 'b', incoming: 'a' }, { sign })
    const causes: CloseCause[] = []
    let taken = 0
    receiver.onClose((cause) => causes.push(cause))
    receiver.onMessage(() => {
      taken++
      throw new Error('a bug')
    })
    for (let index = 0; index < 5; index++) sender.post(`message ${index}`)
    await wait(20)
    expect(causes).toEqual(['malformed'])
    expect(taken).toBe(1)
  })

  it('says nothing after it was closed, and closes once', async () => {
    const [left, right] = socketPair()
    const sender = securePort(left, { outgoing: 'a', incoming: 'b' }, slowSigner)
    const causes: CloseCause[] = []
    const got: string[] = []
    right.onText((text) => got.push(text))
    sender.onClose((cause) => causes.push(cause))
    sender.post('late')
    sender.close('closed')
    sender.close('malformed')
    await wait(30)
    expect(causes).toEqual(['closed'])
    expect(got).toEqual([])
  })
})

describe('close codes', () => {
  it('are told apart, each for its cause', () => {
    const causes: readonly CloseCause[] = [
      'lost', 'malformed', 'token-refused', 'slow-reader', 'incompatible', 'rate-limited', 'engine-restarting', 'engine-stopped',
    ]
    for (const cause of causes) expect(causeOfCloseCode(closeCodeOf(cause))).toBe(cause)
    expect(new Set(causes.map(closeCodeOf)).size).toBe(causes.length)
  })

  it('that nobody knows mean a lost line', () => {
    for (const code of [1000, 1006, 1011, 4999]) expect(causeOfCloseCode(code)).toBe('lost')
  })
})

describe('texts compared in constant time', () => {
  it('are the same exactly when they are equal', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (left, right) => sameText(left, right) === (left === right)))
    fc.assert(fc.property(fc.string(), (text) => sameText(text, text)))
  })
})

describe('a token', () => {
  it('is parsed as it was printed', () => {
    const token = { access: 'trade', secret: 'a'.repeat(43) } as const
    expect(parseToken(printToken(token))).toEqual(token)
  })

  it.each(['', 'admin', 'admin.', `root.${'a'.repeat(43)}`, `admin.${'a'.repeat(42)}`, `admin.${'a'.repeat(43)}.x`, `admin.${'!'.repeat(43)}`])(
    'is not made of %j',
    (text) => expect(parseToken(text)).toBeUndefined(),
  )
})
