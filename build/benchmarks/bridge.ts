import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Page } from 'playwright'
import { build } from 'vite'
import { WebSocketServer } from 'ws'
import { openChannels, type PipeMessage } from '../../src-main/bridge/index.ts'
import { startBrowserHost } from '../../src-main/browser-host/index.ts'
import { builtAssets } from '../../src-main/page/index.ts'
import { forkEngine } from '../../src-main/supervisor/index.ts'
import { chromiumArguments, findChromium } from '../testing/find-chromium.ts'
import { resultOf, spreadOf, type Benchmark } from './measure.ts'

const commands = 2_000
const quotes = 20_000
const rounds = 7

/** Page → websocket → browser host → pipe → another process and back, with every seal and schema that the product has. */
export const bridge: Benchmark = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ballast-bench-'))
  try {
    await buildPage(folder)
    return await withHost(folder, (url) => withPage(url, measure))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(import.meta.dirname, 'bridge-page'),
    define: { BALLAST_VERSION: '"0.0.0"' },
    build: { outDir, emptyOutDir: true, minify: true },
  })
}

async function withHost<Value>(folder: string, use: (url: string) => Promise<Value>): Promise<Value> {
  const listeners: ((message: PipeMessage) => void)[] = []
  let gone: () => void = () => undefined
  const whenGone = new Promise<void>((resolve) => (gone = resolve))
  const engine = forkEngine(join(import.meta.dirname, 'bridge-engine.ts'), {
    onMessage: (message) => (message.kind === 'channel' ? listeners.forEach((listener) => listener(message.message)) : undefined),
    onExit: () => gone(),
  })
  const channels = openChannels({
    send: (message) => engine.send({ kind: 'channel', message }),
    onMessage: (listener) => void listeners.push(listener),
  })
  const master = randomBytes(32).toString('base64url')
  const started = await startBrowserHost({ port: 0, master, assets: builtAssets(folder), openLine: (caller) => channels.open(caller) })
  if (!started.ok) throw new Error(started.detail)
  try {
    return await use(started.host.urlFor('trade'))
  } finally {
    await started.host.close()
    engine.kill()
    await whenGone
  }
}

async function withPage<Value>(url: string, use: (page: Page, barePort: number) => Promise<Value>): Promise<Value> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error('no Chromium: npm test obtains one')
  const bare = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  bare.on('connection', (socket) => socket.on('message', (data) => answerBare(String(data), (text) => socket.send(text))))
  await new Promise((resolve) => bare.once('listening', resolve))
  const browser = await chromium.launch({ executablePath, args: [...chromiumArguments] })
  try {
    // The bare server is of another origin, which the page's policy forbids: only the measuring page may.
    const page = await browser.newPage({ bypassCSP: true })
    page.on('pageerror', (error) => console.error(error))
    await page.goto(url)
    await page.evaluate('bench.ready()')
    return await use(page, (bare.address() as { port: number }).port)
  } finally {
    await browser.close()
    bare.close()
  }
}

function answerBare(text: string, send: (text: string) => void): void {
  const { count } = JSON.parse(text) as { count?: number }
  if (count === undefined) return send(text)
  const batch = 256
  for (let from = 0; from < count; from += batch) {
    const quotesOfBatch = Array.from({ length: Math.min(batch, count - from) }, (_each, index) => ({
      instrument: 'BTC-PERP', price: `67418.${index % 10}`, size: '0.045', at: from + index,
    }))
    send(JSON.stringify(quotesOfBatch))
  }
}

async function measure(page: Page, barePort: number) {
  const list = (script: string): Promise<number[]> => page.evaluate<number[]>(script)
  const one = (script: string): Promise<number> => page.evaluate<number>(script)
  await list('bench.commands(200)')
  await list(`bench.bareEchoes(${barePort}, 200)`)
  await one(`bench.quotes(${quotes})`)
  const roundTrip = await list(`bench.commands(${commands})`)
  const echo = await list(`bench.bareEchoes(${barePort}, ${commands})`)
  const burst: number[] = []
  const bareBurst: number[] = []
  for (let round = 0; round < rounds; round++) {
    burst.push(await one(`bench.quotes(${quotes})`))
    bareBurst.push(await one(`bench.bareQuotes(${barePort}, ${quotes})`))
  }
  return {
    commandRoundTrip: resultOf(spreadOf(roundTrip), spreadOf(echo), 'an echo over a bare websocket', { statistic: 'p99', atMost: 5 }),
    streamBurst: resultOf(spreadOf(burst), spreadOf(bareBurst), `${quotes} quotes in batches over a bare websocket`, { statistic: 'median', atMost: 150 }),
  }
}
