import type { FromVenueChild, ToVenueChild } from '../supervisor/index.ts'

/** The venue's end of the link to whoever started it. */
export interface VenueParentLink {
  send(message: FromVenueChild): void
  onMessage(listener: (message: ToVenueChild) => void): void
  /** The parent is gone: nobody keeps this process any more. */
  onGone(listener: () => void): void
}

/** Electron's parentPort, which Node's types do not know. */
interface ElectronParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown
}

export function venueParentLink(): VenueParentLink {
  const { parentPort } = process as { parentPort?: ElectronParentPort }
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      // The parent is our own main process: what it sends is a ToVenueChild.
      onMessage: (listener) => void parentPort.on('message', ({ data }) => listener(data as ToVenueChild)),
      // Electron ends a utility process together with its parent.
      onGone: () => undefined,
    }
  }
  return {
    send: (message) => {
      if (process.connected) process.send?.(message, undefined, undefined, () => undefined)
    },
    onMessage: (listener) => void process.on('message', (message) => listener(message as ToVenueChild)),
    onGone: (listener) => void process.on('disconnect', listener),
  }
}
