/**
 * The `require` of a sandboxed preload: electron's renderer half and three small modules, nothing else.
 * Runs in the page as its own source text: it may use nothing from outside itself.
 */
export function createPreloadRequire(electron: object): (id: string) => unknown {
  class EventEmitter extends EventTarget {
    readonly #wrapped = new Map<(...args: unknown[]) => void, EventListener>()
    on(name: string, listener: (...args: unknown[]) => void): this {
      // Only `emit` below dispatches these events.
      const wrapped: EventListener = (event) => listener(...(event as CustomEvent<unknown[]>).detail)
      this.#wrapped.set(listener, wrapped)
      this.addEventListener(name, wrapped)
      return this
    }
    off(name: string, listener: (...args: unknown[]) => void): this {
      this.removeEventListener(name, this.#wrapped.get(listener) ?? null)
      return this
    }
    emit(name: string, ...args: unknown[]): boolean {
      return this.dispatchEvent(new CustomEvent(name, { detail: args }))
    }
  }
  const modules: Readonly<Record<string, object>> = {
    electron,
    'electron/common': electron,
    'electron/renderer': electron,
    events: Object.assign(EventEmitter, { EventEmitter }),
    timers: { setTimeout, clearTimeout, setInterval, clearInterval },
    url: { URL, URLSearchParams },
  }
  return (id) => {
    const found = modules[id.replace(/^node:/, '')]
    if (found === undefined) throw new Error(`module not found: ${id} (a sandboxed preload may not require it)`)
    return found
  }
}
