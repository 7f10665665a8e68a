import { createBridgePacker, type Packed } from './bridge-packer.ts'

type BridgeMessage =
  | { readonly kind: 'call'; readonly id: number; readonly args: readonly Packed[] }
  | { readonly kind: 'returned'; readonly isReturn: boolean; readonly value: Packed }
  | { readonly kind: 'settled'; readonly id: number; readonly isFulfilled: boolean; readonly outcome: Packed }
  | { readonly kind: 'expose'; readonly name: string; readonly api: Packed }
  | { readonly kind: 'window-open'; readonly window: WantedWindow }

type WantedWindow = readonly [url: string, name: string, features: string]

export interface BridgeEnd {
  /** Puts an object into the other world under this name. */
  expose(name: string, api: unknown): void
  /** Tells the other world that the page wants a window. */
  askForWindow(...window: WantedWindow): void
}

/**
 * One end of the contextBridge; the other world holds the other. They speak by DOM events, because dispatching is synchronous
 * and the browser clones `detail` between worlds: so a call across returns its result as Electron's does.
 * Runs in the page as its own source text, beside `createBridgePacker`.
 */
export function createBridgeEnd(hears: string, speaks: string, onWindow: (...window: WantedWindow) => void): BridgeEnd {
  let returned: { readonly isReturn: boolean; readonly value: Packed } | undefined
  const say = (detail: BridgeMessage): void => void document.dispatchEvent(new CustomEvent(speaks, { detail }))

  const packer = createBridgePacker({
    call(id, args) {
      returned = undefined
      say({ kind: 'call', id, args })
      const answer = returned
      returned = undefined
      return take(answer)
    },
    settled: (id, isFulfilled, outcome) => say({ kind: 'settled', id, isFulfilled, outcome }),
  })

  const take = (answer: { readonly isReturn: boolean; readonly value: Packed } | undefined): unknown => {
    if (answer === undefined) throw new Error('the other world does not answer')
    const value = packer.unpack(answer.value)
    if (!answer.isReturn) throw value
    return value
  }

  const answerCall = (id: number, args: readonly Packed[]): void => {
    let answer: BridgeMessage
    try {
      answer = { kind: 'returned', isReturn: true, value: packer.pack(packer.call(id, args)) }
    } catch (error) {
      answer = { kind: 'returned', isReturn: false, value: packer.pack(error) }
    }
    say(answer)
  }

  const deepFreeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    Object.values(value).forEach(deepFreeze)
    return Object.freeze(value)
  }

  const put = (name: string, api: Packed): void => {
    const value = deepFreeze(packer.unpack(api))
    Object.defineProperty(globalThis, name, { value, enumerable: true, writable: false, configurable: false })
  }

  document.addEventListener(hears, (event) => {
    // Only the other end speaks under this name.
    const message = (event as CustomEvent<BridgeMessage>).detail
    if (message.kind === 'call') answerCall(message.id, message.args)
    else if (message.kind === 'returned') returned = message
    else if (message.kind === 'settled') packer.settle(message.id, message.isFulfilled, message.outcome)
    else if (message.kind === 'expose') put(message.name, message.api)
    else onWindow(...message.window)
  })
  return {
    expose: (name, api) => say({ kind: 'expose', name, api: packer.pack(api) }),
    askForWindow: (...window) => say({ kind: 'window-open', window }),
  }
}
