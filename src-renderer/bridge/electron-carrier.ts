import type { CloseCause, Connected, Port, PreloadFace } from '../../src-preload/contract/index.ts'
import type { Carrier } from './carrier.ts'

/** The line that the desktop window hands to its page. */
export function createElectronCarrier(face: Pick<PreloadFace, 'connect' | 'post' | 'close'>): Carrier {
  return {
    kind: 'electron',
    connect: () =>
      new Promise<Connected>((resolve) => {
        const line = new WindowLine(face)
        face.connect({
          opened: () => resolve({ ok: true, port: line }),
          message: (text) => line.take(text),
          closed(cause) {
            // Before `opened` there is no port yet; afterwards the answer has been given and only the port hears of it.
            resolve({ ok: false, cause })
            line.finish(cause)
          },
        })
      }),
  }
}

class WindowLine implements Port {
  readonly #face: Pick<PreloadFace, 'post' | 'close'>
  readonly #messages: ((text: string) => void)[] = []
  readonly #closes: ((cause: CloseCause) => void)[] = []
  readonly #early: string[] = []
  #closedBy: CloseCause | undefined

  constructor(face: Pick<PreloadFace, 'post' | 'close'>) {
    this.#face = face
  }

  post(text: string): void {
    if (this.#closedBy === undefined) this.#face.post(text)
  }

  onMessage(listener: (text: string) => void): void {
    this.#messages.push(listener)
    for (const text of this.#early.splice(0)) listener(text)
  }

  onClose(listener: (cause: CloseCause) => void): void {
    if (this.#closedBy === undefined) this.#closes.push(listener)
    else listener(this.#closedBy)
  }

  close(cause: CloseCause): void {
    if (this.#closedBy !== undefined) return
    this.#face.close()
    this.finish(cause)
  }

  take(text: string): void {
    if (this.#closedBy !== undefined) return
    if (this.#messages.length === 0) this.#early.push(text)
    for (const listener of this.#messages) listener(text)
  }

  finish(cause: CloseCause): void {
    if (this.#closedBy !== undefined) return
    this.#closedBy = cause
    for (const listener of this.#closes) listener(cause)
  }
}
