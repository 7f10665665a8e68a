import { contextBridge, ipcRenderer } from 'electron'
import { shellChannels, type LineListener, type PreloadFace } from './contract/preload-face.ts'

/**
 * The only thing between the page and the rest of the program. It must never let the page send what is not a message of the
 * contract, nor give it anything of Electron's.
 */
declare const CONTRACT_NAMES: readonly string[]

type CloseCause = Parameters<LineListener['closed']>[0]

const names: ReadonlySet<unknown> = new Set(CONTRACT_NAMES)
const textMax = 256 * 1024
/** A dying engine closes its ports a little before the window program knows why. */
const waitForCauseMs = 100

let attempt = 0
let listener: LineListener | undefined
let port: MessagePort | undefined

function letGo(): void {
  port?.close()
  port = undefined
  listener = undefined
}

function end(cause: CloseCause): void {
  const told = listener
  letGo()
  told?.closed(cause)
}

ipcRenderer.on(shellChannels.line, ({ ports: [line] }, answered: unknown) => {
  // The answer to a question that has been asked anew since is of no use.
  if (answered !== attempt || listener === undefined) return line?.close()
  port = line
  line?.addEventListener('close', () => setTimeout(() => (port === line ? end('lost') : undefined), waitForCauseMs))
  line?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (port === line && typeof data === 'string') listener?.message(data)
  })
  listener.opened()
  line?.start()
})

// Unasked, it means every line there is; as an answer, only the line that was asked for.
ipcRenderer.on(shellChannels.down, (_event, cause: CloseCause, answered?: unknown) => {
  if (answered === undefined || answered === attempt) end(cause)
})

function isContractMessage(text: string): boolean {
  const message: unknown = JSON.parse(text)
  if (typeof message !== 'object' || message === null) return false
  const { kind, name } = message as { readonly kind?: unknown; readonly name?: unknown }
  if (kind === 'close' || kind === 'ack') return true
  return (kind === 'call' || kind === 'open' || kind === 'recall') && names.has(name)
}

const face: PreloadFace = {
  host: 'electron',
  platform: process.platform,
  connect(newListener) {
    letGo()
    listener = newListener
    ipcRenderer.send(shellChannels.connect, ++attempt)
  },
  post(text) {
    const mayPass = typeof text === 'string' && text.length <= textMax && isContractMessage(text)
    if (!mayPass) throw new Error('not a message of the contract')
    port?.postMessage(text)
  },
  close: letGo,
  shell: (verb, argument) => ipcRenderer.invoke(shellChannels.shell, verb, argument),
}

contextBridge.exposeInMainWorld('ballast', face)
