import type { WebSocket } from 'ws'

/**
 * Where sockets wait until they have proved a token. Strangers who fill it push each other out, the oldest first, so the
 * trader's own client, which proves itself within milliseconds, still gets in: a halt must not depend on their goodwill.
 */
export interface Lobby {
  enter(webSocket: WebSocket): void
  /** False when there are too many proved clients already. */
  admit(webSocket: WebSocket): boolean
}

const waitingMax = 32
const admittedMax = 64

export function createLobby(): Lobby {
  const waiting = new Set<WebSocket>()
  const admitted = new Set<WebSocket>()
  return {
    enter(webSocket) {
      const [oldest] = waiting
      if (waiting.size >= waitingMax) oldest?.terminate()
      waiting.add(webSocket)
      webSocket.on('close', () => {
        waiting.delete(webSocket)
        admitted.delete(webSocket)
      })
    },
    admit(webSocket) {
      waiting.delete(webSocket)
      if (admitted.size >= admittedMax) return false
      admitted.add(webSocket)
      return true
    },
  }
}
