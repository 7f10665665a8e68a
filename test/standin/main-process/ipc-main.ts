import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import type { MessagePortMain } from './message-port.ts'
import type { WebContents } from './web-contents.ts'
import type { WebFrame } from './web-frame.ts'

/** What a handler learns about a message's sender. */
export interface IpcInvokeEvent extends Pick<Electron.IpcMainInvokeEvent, 'processId' | 'frameId' | 'type'> {
  readonly sender: WebContents
  readonly senderFrame: WebFrame
}

export interface IpcEvent extends IpcInvokeEvent, Pick<Electron.IpcMainEvent, 'reply'> {
  readonly ports: readonly MessagePortMain[]
}

type Handler = (event: IpcInvokeEvent, ...args: unknown[]) => unknown

class IpcMain extends EventEmitter implements Pick<Electron.IpcMain, 'removeHandler'> {
  readonly #handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.#handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    this.#handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.#handlers.delete(channel)
      return handler(event, ...args)
    })
  }

  removeHandler(channel: string): void {
    this.#handlers.delete(channel)
  }

  /** Rejects with the sentence that Electron gives to the caller in the page. */
  async invoke(event: IpcInvokeEvent, channel: string, args: readonly unknown[]): Promise<unknown> {
    try {
      const handler = this.#handlers.get(channel)
      if (handler === undefined) throw new Error(`No handler registered for '${channel}'`)
      return await handler(event, ...args)
    } catch (error) {
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: error })
    }
  }
}

export const ipcMain = new IpcMain()
