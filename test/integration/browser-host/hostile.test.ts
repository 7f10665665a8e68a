import { randomBytes } from 'node:crypto'
import { Agent, createServer, request, type IncomingHttpHeaders } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { connectToHost, startBrowserHost, tokenFor, type BrowserHost, type LineLimits } from '../../../src-main/browser-host/index.ts'
import { builtAssets } from '../../../src-main/page/index.ts'
import { portPair, proofText, shakeHandsAsClient, type Access, type Port } from '../../../src-preload/contract/index.ts'
import { nodeSigner } from '../../../src-main/browser-host/node-signer.ts'

const master = randomBytes(32).toString('base64url')
const secret = 'planted-file-outside-the-page'
let folder: string
let host: BrowserHost
/** The engine's ends of all lines that were opened. */
let lines: Port[]

async function start(limits?: LineLimits): Promise<void> {
  const started = await startBrowserHost({
    port: 0,
    master,
    assets: builtAssets(join(folder, 'page')),
    openLine: () => {
      const [client, engine] = portPair()
      lines.push(engine)
      return client
    },
    ...(limits === undefined ? {} : { limits }),
  })
  if (!started.ok) throw new Error(started.detail)
  host = started.host
}

beforeEach(async () => {
  lines = []
  folder = mkdtempSync(join(tmpdir(), 'ballast-host-'))
  const page = join(folder, 'page')
  mkdirSync(page)
  writeFileSync(join(page, 'index.html'), '<!doctype html><title>page</title>')
  writeFileSync(join(folder, 'secret.txt'), secret)
  await start()
})
afterEach(async () => {
  await host.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET', agent?: Agent, address = '127.0.0.1'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: address, port: host.port, path, method, ...(agent === undefined ? {} : { agent }), headers: { host: `localhost:${host.port}`, ...headers } }, (got) => {
      let body = ''
      got.on('data', (part) => (body += String(part)))
      got.on('end', () => resolve({ status: got.statusCode ?? 0, headers: got.headers, body }))
    })
    sent.on('error', reject)
    sent.end()
  })

const socket = (headers: Record<string, string> = {}, path = '/ws'): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers: { host: `localhost:${host.port}`, origin: host.origin, ...headers } })

/** The close code, or the HTTP status that refused the upgrade. */
const ending = (webSocket: WebSocket): Promise<number> =>
  new Promise((resolve) => {
    webSocket.on('close', (code) => resolve(code))
    webSocket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
    webSocket.on('error', () => undefined)
  })

const opened = (webSocket: WebSocket): Promise<void> => new Promise((resolve) => webSocket.once('open', () => resolve()))
const nextText = (webSocket: WebSocket): Promise<string> => new Promise((resolve) => webSocket.once('message', (data) => resolve(String(data))))
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Shakes hands rightly and keeps the socket, to misbehave with afterwards. */
async function authenticated(access: Access = 'admin'): Promise<{ readonly webSocket: WebSocket; readonly port: Port; readonly sent: string[] }> {
  const webSocket = socket()
  await opened(webSocket)
  const sent: string[] = []
  const connected = await shakeHandsAsClient(
    {
      send: (text) => {
        sent.push(text)
        webSocket.send(text)
      },
      onText: (listener) => void webSocket.on('message', (data) => listener(String(data))),
      onClosed: (listener) => void webSocket.on('close', listener),
      close: (code, reason) => webSocket.close(code, reason),
    },
    { access, secret: tokenFor(master, access).split('.')[1] ?? '' },
    nodeSigner,
    randomBytes(16).toString('base64url'),
  )
  if (!connected.ok) throw new Error(connected.cause)
  return { webSocket, port: connected.port, sent }
}

describe('the page', () => {
  it('is served under its strict rules', async () => {
    const answer = await ask('/')
    expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' })
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self';/)
    expect(answer.headers['content-security-policy']).not.toContain('unsafe-eval')
    expect(answer.headers['set-cookie']).toBeUndefined()
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('is refused to a name that was rebound to this address', async () => {
    expect((await ask('/', { host: `evil.example:${host.port}` })).status).toBe(421)
    expect((await ask('/', { host: `127.0.0.1:${host.port}` })).status).toBe(421)
    expect((await ask('/', { host: 'localhost' })).status).toBe(421)
  })

  it.each([
    '/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '//../secret.txt', '/page/../../secret.txt', '/..\\secret.txt', '/%00', '/etc/passwd',
    '/%',
  ])('does not lead out by %s', async (path) => {
    const answer = await ask(path)
    expect(answer.status).toBe(404)
    expect(answer.body).not.toContain(secret)
  })

  it('takes no other method than GET and HEAD', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect((await ask('/', {}, method)).status).toBe(405)
  })

  it('refuses a flood of requests on a connection, and nobody else', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const flood = Array.from({ length: 400 }, () => ask('/', {}, 'GET', agent).then(({ status }) => status))
    expect((await ask('/')).status).toBe(200)
    expect(await Promise.all(flood)).toContain(429)
    agent.destroy()
  })

  it('is at both addresses that localhost may mean, so that nobody else can be at one of them', async () => {
    const answer = await ask('/', {}, 'GET', undefined, '::1')
    expect(answer).toMatchObject({ status: 200, body: '<!doctype html><title>page</title>' })
    expect((await ask('/', { host: 'evil.example' }, 'GET', undefined, '::1')).status).toBe(421)
  })

  it('listens on loopback alone', async () => {
    const outside = Object.values(networkInterfaces()).flat().find((address) => address?.family === 'IPv4' && !address.internal)
    if (outside === undefined) return expect(outside).toBeUndefined()
    const outcome = await new Promise((resolve) => {
      const attempt = connectTcp({ host: outside.address, port: host.port }, () => resolve('connected'))
      attempt.on('error', () => resolve('refused'))
    })
    expect(outcome).toBe('refused')
  })
})

describe('a line', () => {
  it('is refused to a page of another origin, to none, and to a rebound name', async () => {
    expect(await ending(socket({ origin: 'http://evil.example' }))).toBe(403)
    expect(await ending(socket({ origin: `http://localhost:${host.port + 1}` }))).toBe(403)
    expect(await ending(socket({ origin: 'null' }))).toBe(403)
    expect(await ending(socket({ host: `evil.example:${host.port}` }))).toBe(403)
    const { port } = host
    expect(await ending(new WebSocket(`ws://127.0.0.1:${port}/ws`, { headers: { host: `localhost:${port}` } }))).toBe(403)
    expect(await ending(socket({}, '/other'))).toBe(404)
    expect(lines).toEqual([])
  })

  it('is ended when nobody has proved a token within two seconds', async () => {
    const silent = socket()
    const since = performance.now()
    // Not 4401, after which nobody tries again: the host itself may have slept.
    expect(await ending(silent)).toBe(1001)
    expect(performance.now() - since).toBeGreaterThan(1_900)
    expect(performance.now() - since).toBeLessThan(2_600)
    expect(lines).toEqual([])
  })

  it.each([
    ['a guessed token', `admin.${randomBytes(32).toString('base64url')}`],
    ['a token of one level used for another', `admin.${tokenFor(master, 'read').split('.')[1]}`],
  ])('is refused to %s', async (_what, token) => {
    expect(await connectToHost(host.port, token)).toEqual({ ok: false, cause: 'token-refused' })
    expect(lines).toEqual([])
  })

  it('is not opened by a message that skips the handshake', async () => {
    const eager = socket()
    await opened(eager)
    eager.send(JSON.stringify({ kind: 'call', id: 1, name: 'trading.halt', input: {} }))
    expect(await ending(eager)).toBe(4400)
    expect(lines).toEqual([])
  })

  it('is not opened by a proof that was heard before', async () => {
    const { sent, webSocket } = await authenticated()
    const [hello, proof] = sent
    webSocket.close()
    const replayer = socket()
    await opened(replayer)
    const ended = ending(replayer)
    replayer.send(hello ?? '')
    await nextText(replayer)
    replayer.send(proof ?? '')
    expect(await ended).toBe(4401)
    expect(lines).toHaveLength(1)
  })

  it('never carries the token', async () => {
    const { sent, port, webSocket } = await authenticated()
    const received: string[] = []
    webSocket.on('message', (data) => received.push(String(data)))
    port.post('hello')
    lines[0]?.post('hello yourself')
    await wait(50)
    const wire = [...sent, ...received].join('\n')
    expect(received.join()).toContain('hello yourself')
    for (const access of ['read', 'trade', 'admin'] as const) expect(wire).not.toContain(tokenFor(master, access).split('.')[1])
    expect(wire).not.toContain(master)
  })

  it('ends when a frame is heard twice, and takes it once', async () => {
    const { sent, port, webSocket } = await authenticated()
    const got: string[] = []
    lines[0]?.onMessage((text) => got.push(text))
    port.post('halt')
    await wait(30)
    const ended = ending(webSocket)
    webSocket.send(sent.at(-1) ?? '')
    expect(await ended).toBe(4400)
    expect(got).toEqual(['halt'])
  })

  it.each([
    ['changed by one letter', (frame: string) => `${frame.slice(0, -1)}X`],
    ['given another number', (frame: string) => frame.replace(/^1\./, '2.')],
    ['without its seal', (frame: string) => frame.replace(/\.[^.]+\./, '..')],
    ['without any form', () => 'hello'],
  ])('ends when a frame is %s', async (_what, change) => {
    const { webSocket, port } = await authenticated()
    const got: string[] = []
    lines[0]?.onMessage((text) => got.push(text))
    const ended = ending(webSocket)
    const send = webSocket.send.bind(webSocket)
    webSocket.send = ((frame: string) => send(change(frame))) as typeof webSocket.send
    port.post('resume')
    expect(await ended).toBe(4400)
    expect(got).toEqual([])
  })

  it('cannot be fed its own frames back', async () => {
    const { webSocket } = await authenticated()
    const fromServer = nextText(webSocket)
    lines[0]?.post('welcome')
    const ended = ending(webSocket)
    webSocket.send(await fromServer)
    expect(await ended).toBe(4400)
  })

  it('ends when it is flooded', async () => {
    const { webSocket, port } = await authenticated()
    const ended = ending(webSocket)
    for (let frame = 0; frame < 6_000; frame++) port.post('x')
    expect(await ended).toBe(4429)
  })

  it('ends on a binary frame and on one that is too large', async () => {
    const binary = await authenticated()
    const binaryEnded = ending(binary.webSocket)
    binary.webSocket.send(Buffer.from([1, 2, 3]))
    expect(await binaryEnded).toBe(4400)
    const large = await authenticated()
    const largeEnded = ending(large.webSocket)
    large.port.post('x'.repeat(300 * 1024))
    expect(await largeEnded).toBe(1009)
  })

  it('ends when its reader does not read, before much is kept for it', async () => {
    await host.close()
    await start({ framesBurst: 100, framesPerSecond: 100, bufferedBytesMax: 256 * 1024 })
    const { webSocket } = await authenticated()
    // What the raw socket gets is no longer taken from the kernel.
    ;(webSocket as unknown as { _socket: { pause(): void } })._socket.pause()
    const line = lines[0]
    const cause = new Promise((resolve) => line?.onClose(resolve))
    const text = 'x'.repeat(64 * 1024)
    for (let frame = 0; frame < 400; frame++) line?.post(text)
    expect(await Promise.race([cause, wait(3_000).then(() => 'still open')])).not.toBe('still open')
    webSocket.terminate()
  })

  it('is not given to the thirty-third client of a level, and is to one of another level', async () => {
    const crowd = await Promise.all(Array.from({ length: 32 }, () => authenticated('read')))
    const late = await authenticated('read')
    expect(await new Promise((resolve) => late.port.onClose(resolve))).toBe('rate-limited')
    const before = lines.length
    await authenticated('trade')
    await wait(20)
    expect(lines).toHaveLength(before + 1)
    for (const { webSocket } of crowd) webSocket.terminate()
  })

  it('is given to the trader though strangers crowd the door', async () => {
    const strangers = Array.from({ length: 200 }, () => socket())
    for (const stranger of strangers) stranger.on('error', () => undefined)
    await Promise.all(strangers.map((stranger) => Promise.race([opened(stranger), ending(stranger)])))
    const { port } = await authenticated()
    const got = new Promise((resolve) => port.onMessage(resolve))
    lines[0]?.post('welcome')
    expect(await got).toBe('welcome')
    expect(strangers.filter(({ readyState }) => readyState === WebSocket.OPEN).length).toBeLessThanOrEqual(32)
    for (const stranger of strangers) stranger.terminate()
  })

  it('goes to the server only after the server has proved itself too', async () => {
    const impostor = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    const guess = (): string => randomBytes(32).toString('base64url')
    impostor.on('connection', (stranger) => {
      stranger.once('message', () => {
        stranger.once('message', () => stranger.send(JSON.stringify({ proof: nodeSigner.sign(guess(), proofText('server', 'x', 'y')) })))
        stranger.send(JSON.stringify({ challenge: guess() }))
      })
    })
    await new Promise((resolve) => impostor.once('listening', resolve))
    const { port } = impostor.address() as { port: number }
    expect(await connectToHost(port, tokenFor(master, 'admin'))).toEqual({ ok: false, cause: 'token-refused' })
    impostor.close()
  })
})

it('fails closed when somebody else has the port on the other address of localhost', async () => {
  const squatter = createServer()
  await new Promise<void>((resolve) => squatter.listen({ port: 0, host: '::1' }, resolve))
  const { port } = squatter.address() as { port: number }
  const started = await startBrowserHost({ port, master, assets: builtAssets(join(folder, 'page')), openLine: () => 'engine-stopped' })
  expect(started).toMatchObject({ ok: false })
  squatter.close()
})

it('says so when its port is taken', async () => {
  const second = await startBrowserHost({ port: host.port, master, assets: builtAssets(join(folder, 'page')), openLine: () => 'engine-stopped' })
  expect(second).toMatchObject({ ok: false })
})

it('tells a client why there is no line to the engine', async () => {
  const down = await startBrowserHost({ port: 0, master, assets: builtAssets(join(folder, 'page')), openLine: () => 'engine-stopped' })
  if (!down.ok) throw new Error(down.detail)
  const connected = await connectToHost(down.host.port, tokenFor(master, 'read'))
  if (!connected.ok) throw new Error(connected.cause)
  expect(await new Promise((resolve) => connected.port.onClose(resolve))).toBe('engine-stopped')
  await down.host.close()
})
