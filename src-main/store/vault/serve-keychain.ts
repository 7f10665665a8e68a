import type { AsyncEntry, EntryOptions } from '@napi-rs/keyring'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import type { KeychainAnswer, KeychainTrouble } from './keychain.ts'

/** One at a time: the next is sent when this one was answered. */
export type KeychainRequest = { readonly service: string; readonly account: string } & (
  | { readonly do: 'read' | 'remove' }
  | { readonly do: 'write'; readonly secret: Uint8Array }
)

/** `read` gives bytes or nothing, `remove` whether there was something. */
export type KeychainReply = KeychainAnswer<Uint8Array | boolean | undefined>

/**
 * The other end of the os keychain: in a child process, or in a thread where there can be no child.
 *
 * What it must never do: take the kernel's session store for a keychain, which @napi-rs/keyring does on Linux unless the
 * store is named. Keys kept there are gone with the session.
 */
export function serveKeychain(): void {
  if (!isMainThread) {
    const port = parentPort
    port?.on('message', (request: KeychainRequest) => void answer(request, (reply) => port.postMessage(reply)))
    return
  }
  // The terminal's signals go to the whole group; what ends this process is that its parent lets go.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)
  process.on('disconnect', () => process.exit(0))
  process.on('message', (request: KeychainRequest) => void answer(request, (reply) => process.send?.(reply)))
  endWithParent(Number(process.argv[2]))
}

/** While the library waits on the main thread nothing there can notice that the parent has died; this thread can. */
function endWithParent(parent: number): void {
  const watch = `
    const { workerData } = require('node:worker_threads')
    setInterval(() => process.ppid === workerData || process.kill(process.pid, 'SIGKILL'), 1_000)
  `
  new Worker(watch, { eval: true, workerData: parent, execArgv: [] }).unref()
}

const pinned: EntryOptions = { linux: { store: 'secret-service' } }
/** Making one connects to the bus, waiting on this thread: some 8 ms, or for ever when nobody answers. So each is kept. */
const entries = new Map<string, AsyncEntry>()

async function answer(request: KeychainRequest, send: (reply: KeychainReply) => void): Promise<void> {
  const begun = performance.now()
  try {
    const value = await carryOut(request)
    send({ ok: true, value })
    // It was copied on its way out.
    if (value instanceof Uint8Array) value.fill(0)
  } catch (error) {
    // A bus that was restarted is another bus; an entry that failed may hold on to the old one.
    entries.delete(request.account)
    send({ ok: false, trouble: troubleOf(error, Math.round(performance.now() - begun)) })
  } finally {
    if (request.do === 'write') request.secret.fill(0)
  }
}

async function carryOut(request: KeychainRequest): Promise<Uint8Array | boolean | undefined> {
  const entry = await entryOf(request)
  if (request.do === 'remove') return entry.deleteCredential()
  if (request.do === 'write') {
    await entry.setSecret(request.secret)
    return undefined
  }
  const numbers = await entry.getSecret()
  if (numbers === null) return undefined
  const secret = Uint8Array.from(numbers)
  numbers.fill(0)
  return secret
}

async function entryOf({ service, account }: KeychainRequest): Promise<AsyncEntry> {
  const kept = entries.get(account)
  if (kept !== undefined) return kept
  // Only here: whoever imports the vault does not load it.
  const keyring = await import('@napi-rs/keyring')
  const made = new keyring.AsyncEntry(service, account, pinned)
  entries.set(account, made)
  return made
}

/**
 * The library has one error with a text. What it says about the reason is read from there, and what is not recognised
 * counts as denied: the one trouble that promises nothing about what is in the keychain.
 */
export function troubleOf(error: unknown, waitedMs: number): KeychainTrouble {
  const text = error instanceof Error ? error.message : ''
  if (/did not receive a reply|timed? ?out|no ?reply/i.test(text)) return { kind: 'keychain-silent', waitedMs }
  const detail = withoutLongWords(text)
  if (/dismissed|locked|interaction is not allowed|cancel/i.test(text)) return { kind: 'keychain-locked', detail }
  if (/no result found|dbus error|no such interface|not provided|service ?unknown|disconnected/i.test(text)) return { kind: 'keychain-absent', detail }
  return { kind: 'keychain-denied', detail }
}

/** Nothing that could be a key or an address of somebody gets into a detail. */
const withoutLongWords = (text: string): string =>
  text.replace(/[A-Za-z0-9+/=_-]{20,}/g, (word) => (/^[A-Za-z_]+$/.test(word) ? word : '…')).slice(0, 160)
