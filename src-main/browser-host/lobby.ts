import type { WebSocket } from 'ws'
import type { Access } from '../../src-preload/contract/index.ts'

/**
 * Where sockets wait until they have proved a token. Strangers who fill it push each other out, the oldest first, so the
 * trader's own client, which proves itself within milliseconds, still gets in: a halt must not depend on their goodwill.
 */
export interface Lobby {
  enter(webSocket: WebSocket): void
  /** False when there are too many proved clients of this level already: who may only look cannot keep out who may act. */
  admit(webSocket: WebSocket, access: Access): boolean
}

const waitingMax = 32
const admittedMax = 32

export function createLobby(): Lobby {
  const waiting = new Set<WebSocket>()
  const admitted: Readonly<Record<Access, Set<WebSocket>>> = { read: new Set(), trade: new Set(), admin: new Set() }
  return {
    enter(webSocket) {
      const [oldest] = waiting
      if (waiting.size >= waitingMax && oldest !== undefined) {
        waiting.delete(oldest)
        oldest.terminate()
      }
      waiting.add(webSocket)
      webSocket.on('close', () => {
        waiting.delete(webSocket)
        for (const level of Object.values(admitted)) level.delete(webSocket)
      })
    },
    admit(webSocket, access) {
      waiting.delete(webSocket)
      if (admitted[access].size >= admittedMax) return false
      admitted[access].add(webSocket)
      return true
    },
  }
}
