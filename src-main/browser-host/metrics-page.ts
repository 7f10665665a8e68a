import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contract, createBridge } from '../../src-preload/contract/index.ts'
import { machinePeer, scheduleTimeout } from '../bridge/index.ts'
import { securityHeaders } from '../page/index.ts'
import type { OpenLine } from './client-line.ts'

/**
 * What Prometheus reads. The figures are the engine's, so they are asked for over a line of their own that may only look.
 * They hold no amounts and no names of accounts, and whoever can reach this port is on this computer already; a page of
 * another origin is refused all the same.
 */
const askMs = 2_000
const textType = 'text/plain; version=0.0.4; charset=utf-8'

/** However many ask, the engine is asked once a second at the most: nobody may load its loop from here. */
export interface MetricsPage {
  send(request: IncomingMessage, response: ServerResponse): Promise<void>
}

const freshMs = 1_000

export function createMetricsPage(openLine: OpenLine): MetricsPage {
  let asked: Promise<string | undefined> | undefined
  let askedAt = Number.NEGATIVE_INFINITY
  const read = (): Promise<string | undefined> => {
    if (asked === undefined || performance.now() - askedAt > freshMs) {
      askedAt = performance.now()
      asked = readMetrics(openLine)
    }
    return asked
  }
  return { send: (request, response) => sendMetrics(request, read, response) }
}

async function sendMetrics(request: IncomingMessage, read: () => Promise<string | undefined>, response: ServerResponse): Promise<void> {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'none' && site !== 'same-origin') return void response.writeHead(403, securityHeaders).end()
  const text = await read()
  if (text === undefined) return void response.writeHead(503, { ...securityHeaders, 'retry-after': '5' }).end()
  if (text === '') return void response.writeHead(404, securityHeaders).end()
  response.writeHead(200, { ...securityHeaders, 'content-type': textType, 'cache-control': 'no-store' }).end(text)
}

/** `undefined` while there is no engine; empty when the settings switch them off. */
async function readMetrics(openLine: OpenLine): Promise<string | undefined> {
  const bridge = createBridge({
    table: contract,
    connect: () => {
      const line = openLine({ access: 'read', peer: machinePeer })
      return Promise.resolve(typeof line === 'string' ? { ok: false, cause: line } : { ok: true, port: line })
    },
    schedule: scheduleTimeout,
    newKey: randomUUID,
  })
  try {
    const reply = await bridge.call('metrics.text', {}, { timeoutMs: askMs })
    return reply.ok ? reply.value.text : undefined
  } finally {
    bridge.dispose()
  }
}
