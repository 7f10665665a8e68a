import type * as Electron from 'electron'
import { normalizeAccelerator } from './accelerator.ts'
import { ensureReady } from './readiness.ts'

const registered = new Map<string, () => void>()
/** Accelerators that another program has: registering them fails. */
const taken = new Set<string>()
let isSuspended = false

function parse(accelerator: string): string {
  ensureReady('globalShortcut cannot be used')
  const normalized = normalizeAccelerator(accelerator)
  if (normalized !== undefined) return normalized
  throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`)
}

export const globalShortcut = {
  register(accelerator: string, callback: () => void) {
    const keys = parse(accelerator)
    if (registered.has(keys) || taken.has(keys)) return false
    registered.set(keys, callback)
    return true
  },
  registerAll: (accelerators: string[], callback: () => void) => {
    for (const accelerator of accelerators) globalShortcut.register(accelerator, callback)
  },
  isRegistered: (accelerator: string) => registered.has(parse(accelerator)),
  unregister: (accelerator: string) => void registered.delete(parse(accelerator)),
  unregisterAll: () => registered.clear(),
  setSuspended: (suspended: boolean) => void (isSuspended = suspended),
  isSuspended: () => isSuspended,
} satisfies Electron.GlobalShortcut

/** Presses keys anywhere on the desktop; false when nobody registered them. */
export function pressGlobalShortcut(accelerator: string): boolean {
  const callback = isSuspended ? undefined : registered.get(parse(accelerator))
  callback?.()
  return callback !== undefined
}

/** Another program takes these keys first. */
export function takeShortcut(accelerator: string): void {
  taken.add(parse(accelerator))
}

export function registeredShortcuts(): readonly string[] {
  return [...registered.keys()]
}
