/** A value on its way from one world to the other; functions and promises stay at home and travel as numbers. */
export type Packed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'array'; readonly items: readonly Packed[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Packed])[] }

export interface BridgePacker {
  pack(value: unknown): Packed
  unpack(packed: Packed): unknown
  /** Calls a function of this world that was packed before. */
  call(id: number, args: readonly Packed[]): unknown
  /** Settles a promise of the other world that was unpacked before. */
  settle(id: number, isFulfilled: boolean, outcome: Packed): void
}

/** How a packer reaches the other world. */
export interface BridgeSpeaker {
  call(id: number, args: readonly Packed[]): unknown
  settled(id: number, isFulfilled: boolean, outcome: Packed): void
}

/**
 * Electron's contextBridge rules: values are copied without their prototypes, functions and promises are proxied, errors keep
 * their message alone. Runs in the page as its own source text: it may use nothing from outside itself.
 */
export function createBridgePacker(other: BridgeSpeaker): BridgePacker {
  type AnyFunction = (...args: unknown[]) => unknown
  const functions = new Map<number, AnyFunction>()
  const promises = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>()
  let lastId = 0

  const packFunction = (value: AnyFunction): Packed => {
    functions.set(++lastId, value)
    return { kind: 'function', id: lastId }
  }
  const packPromise = (value: Promise<unknown>): Packed => {
    const id = ++lastId
    void value.then(
      (result) => other.settled(id, true, pack(result)),
      (reason: unknown) => other.settled(id, false, pack(reason)),
    )
    return { kind: 'promise', id }
  }
  const pack = (value: unknown): Packed => {
    // typeof says it can be called, and says no more.
    if (typeof value === 'function') return packFunction(value as AnyFunction)
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.')
    if (typeof value !== 'object' || value === null) return { kind: 'value', value }
    if (value instanceof Promise) return packPromise(value)
    if (value instanceof Error) return { kind: 'error', message: value.message }
    if (Array.isArray(value)) return { kind: 'array', items: value.map(pack) }
    if (Object.prototype.toString.call(value) !== '[object Object]') return { kind: 'value', value }
    return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, pack(item)] as const) }
  }

  const unpackPromise = (id: number): Promise<unknown> => new Promise((resolve, reject) => promises.set(id, { resolve, reject }))
  const unpack = (packed: Packed): unknown => {
    if (packed.kind === 'function') return (...args: unknown[]) => other.call(packed.id, args.map(pack))
    if (packed.kind === 'promise') return unpackPromise(packed.id)
    if (packed.kind === 'error') return new Error(packed.message)
    if (packed.kind === 'array') return packed.items.map(unpack)
    if (packed.kind === 'object') return Object.fromEntries(packed.entries.map(([key, item]) => [key, unpack(item)]))
    return packed.value
  }

  return {
    pack,
    unpack,
    call: (id, args) => functions.get(id)?.(...args.map(unpack)),
    settle(id, isFulfilled, outcome) {
      const promise = promises.get(id)
      promises.delete(id)
      if (isFulfilled) promise?.resolve(unpack(outcome))
      else promise?.reject(unpack(outcome))
    },
  }
}
