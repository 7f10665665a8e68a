/** Runs inside the page: the screen's own carrier, and the same jobs over a bare websocket for comparison. */
import '../../src-renderer/bridge/zod-without-eval.ts'
import { createBridge } from '../../src-preload/contract/index.ts'
import { createBrowserCarrier } from '../../src-renderer/bridge/browser-carrier.ts'
import { tokenOfHash } from '../../src-renderer/bridge/page-token.ts'
import { createWebSigner } from '../../src-renderer/bridge/web-signer.ts'
import { bridgeTable } from './bridge-table.ts'

interface BridgeBench {
  ready(): Promise<void>
  commands(count: number): Promise<readonly number[]>
  quotes(count: number): Promise<number>
  bareEchoes(port: number, count: number): Promise<readonly number[]>
  bareQuotes(port: number, count: number): Promise<number>
}

let keys = 0
const carrier = createBrowserCarrier({
  url: `ws://${location.host}/ws`,
  token: tokenOfHash(location.hash),
  signer: createWebSigner(crypto.subtle),
  newNonce: () => crypto.randomUUID().replaceAll('-', ''),
})
const bridge = createBridge({
  table: bridgeTable,
  connect: () => carrier.connect(),
  schedule: (action, delayMs) => {
    const timer = setTimeout(action, delayMs)
    return () => clearTimeout(timer)
  },
  newKey: () => `bench-key-${performance.now()}-${++keys}`,
})

const bench: BridgeBench = {
  ready: () =>
    new Promise((resolve) => {
      bridge.onState((state) => (state === 'open' ? resolve() : undefined))
    }),
  async commands(count) {
    const samples: number[] = []
    for (let number = 0; number < count; number++) {
      const began = performance.now()
      const reply = await bridge.call('bench.command', { number })
      if (!reply.ok || reply.value.number !== number) throw new Error(JSON.stringify(reply))
      samples.push(performance.now() - began)
    }
    return samples
  },
  quotes: (count) =>
    new Promise((resolve, reject) => {
      let next = 0
      const began = performance.now()
      const stop = bridge.watch('bench.quotes', { count }, {
        snapshot: () => undefined,
        gap: () => reject(new Error('overflow')),
        delta: ({ at }) => {
          if (at !== next++) reject(new Error(`missing ${next - 1}`))
          if (next < count) return
          stop()
          resolve(performance.now() - began)
        },
      })
    }),
  async bareEchoes(port, count) {
    const webSocket = await openBare(port)
    const samples: number[] = []
    for (let number = 0; number < count; number++) {
      const began = performance.now()
      webSocket.send(JSON.stringify({ number }))
      await new Promise((resolve) => (webSocket.onmessage = resolve))
      samples.push(performance.now() - began)
    }
    webSocket.close()
    return samples
  },
  async bareQuotes(port, count) {
    const webSocket = await openBare(port)
    const began = performance.now()
    let got = 0
    await new Promise<void>((resolve) => {
      webSocket.onmessage = ({ data }) => {
        got += (JSON.parse(String(data)) as unknown[]).length
        if (got >= count) resolve()
      }
      webSocket.send(JSON.stringify({ count }))
    })
    webSocket.close()
    return performance.now() - began
  },
}

function openBare(port: number): Promise<WebSocket> {
  const webSocket = new WebSocket(`ws://localhost:${port}`)
  return new Promise((resolve) => (webSocket.onopen = () => resolve(webSocket)))
}

Object.assign(window, { bench })
