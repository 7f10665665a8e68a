import { fork } from 'node:child_process'
import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { ensureDefined } from '../../base/index.ts'
import type { KeychainReply, KeychainRequest } from './serve-keychain.ts'

/** A program of ours that calls the keychain. It never keeps this process alive. */
export interface KeychainHelper {
  /** `undefined` when it ended without an answer. The next request goes out after this answer. */
  ask(request: KeychainRequest): Promise<KeychainReply | undefined>
  /** Lets it end when nothing is under way. */
  release(): void
  /** Ends it in the middle of a request; resolves when it is gone, which for a thread may be never. */
  kill(): Promise<void>
  readonly hasEnded: boolean
}

/** The folders in which it is, seen from this file: bundled it is beside the chunk or above it, in the sources above the store. */
const folders = ['./', '../', '../../']

/** The program beside the others that are started by themselves. */
export function keychainEntry(): URL {
  const name = `keychain-child${extname(import.meta.filename)}`
  const found = folders.map((folder) => new URL(folder + name, import.meta.url)).find((url) => existsSync(url))
  return ensureDefined(found, `the program ${name}`)
}

export function startChild(entry: URL): KeychainHelper {
  const child = fork(fileURLToPath(entry), [String(process.pid)], {
    execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  child.unref()
  child.channel?.unref()
  const end = watchEnd((ended) => child.once('exit', ended).once('error', ended))
  return {
    get hasEnded() {
      return end.isOver
    },
    ask: (request) => firstOf(end.promise, (resolve) => {
      child.once('message', (reply) => resolve(reply as KeychainReply))
      // A pipe that is broken: the exit follows, and is the answer.
      child.send(request, () => undefined)
    }),
    release: () => {
      if (child.connected) child.disconnect()
    },
    kill: () => {
      child.removeAllListeners('message')
      child.kill('SIGKILL')
      return end.promise
    },
  }
}

/** A thread that waits in the library cannot be ended: it is abandoned, and is gone when the library comes back. */
export function startThread(entry: URL): KeychainHelper {
  const worker = new Worker(entry, { execArgv: [] })
  worker.unref()
  // After an error comes the exit.
  worker.on('error', () => undefined)
  const end = watchEnd((ended) => worker.once('exit', ended))
  return {
    get hasEnded() {
      return end.isOver
    },
    ask: (request) => firstOf(end.promise, (resolve) => {
      worker.once('message', (reply) => resolve(reply as KeychainReply))
      worker.postMessage(request)
    }),
    release: () => void worker.terminate(),
    kill: () => {
      worker.removeAllListeners('message')
      void worker.terminate()
      return end.promise
    },
  }
}

interface End {
  readonly promise: Promise<void>
  readonly isOver: boolean
}

function watchEnd(listen: (ended: () => void) => void): End {
  let isOver = false
  const promise = new Promise<void>((resolve) => {
    listen(() => {
      isOver = true
      resolve()
    })
  })
  return {
    promise,
    get isOver() {
      return isOver
    },
  }
}

const firstOf = (end: Promise<void>, begin: (resolve: (reply: KeychainReply) => void) => void): Promise<KeychainReply | undefined> =>
  new Promise((resolve) => {
    void end.then(() => resolve(undefined))
    begin(resolve)
  })
