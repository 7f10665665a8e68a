import type * as Electron from 'electron'
import type { MessagePortMain } from './message-port.ts'
import type { WebContents } from './web-contents.ts'

type Copied = Pick<
  Electron.WebFrameMain,
  | 'url' | 'origin' | 'name' | 'detached' | 'processId' | 'routingId' | 'frameTreeNodeId' | 'send' | 'executeJavaScript'
  | 'isDestroyed' | 'reload'
>

/** Electron's WebFrameMain for a main frame; messages come from no other. */
export class WebFrame implements Copied {
  readonly parent: WebFrame | null = null
  readonly name = ''
  readonly detached = false
  readonly processId: number
  readonly routingId = 1
  readonly frameTreeNodeId: number
  readonly #contents: WebContents

  constructor(contents: WebContents) {
    this.#contents = contents
    this.processId = contents.id
    this.frameTreeNodeId = contents.id
  }

  get url(): string {
    return this.#contents.getURL()
  }

  get origin(): string {
    return URL.canParse(this.url) ? new URL(this.url).origin : 'null'
  }

  get top(): WebFrame {
    return this
  }

  get frames(): readonly WebFrame[] {
    return []
  }

  send(channel: string, ...args: unknown[]): void {
    this.#contents.send(channel, ...args)
  }

  postMessage(channel: string, message: unknown, transfer?: readonly MessagePortMain[]): void {
    this.#contents.postMessage(channel, message, transfer)
  }

  executeJavaScript(code: string): Promise<unknown> {
    return this.#contents.executeJavaScript(code)
  }

  isDestroyed(): boolean {
    return this.#contents.isDestroyed()
  }

  reload(): boolean {
    this.#contents.reload()
    return true
  }
}
