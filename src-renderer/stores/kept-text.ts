export type KeptPlace = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** Under which name a text lies that could not be read: a person or a later version may still make sense of it. */
export const unreadableKey = (key: string): string => `${key}.unreadable`

/** Reads a kept JSON value. What cannot be read is put aside, never thrown away. */
export function readKept<Value>(place: KeptPlace, key: string, parse: (json: unknown) => Value | undefined): Value | undefined {
  const text = place.getItem(key)
  if (text === null) return undefined
  const value = parse(jsonOf(text))
  if (value === undefined) putAside(place, key, text)
  return value
}

export function putAside(place: KeptPlace, key: string, text: string): void {
  keep(place, unreadableKey(key), text)
  place.removeItem(key)
}

let toldKey: string | undefined

/**
 * While what another window has kept under this name is taken over. It lies there already: written again it would be news to
 * that window, and two windows could answer each other for ever.
 */
export function whileTold(key: string, take: () => void): void {
  toldKey = key
  try {
    take()
  } finally {
    toldKey = undefined
  }
}

/** False where the browser keeps nothing for this page: the screen works on, it only forgets. */
export function keep(place: KeptPlace, key: string, text: string): boolean {
  if (key === toldKey) return true
  try {
    place.setItem(key, text)
    return true
  } catch {
    return false
  }
}

/** Of a browser that forbids a page to keep anything there are none. */
export function keysOf(place: KeptPlace): readonly string[] {
  return Object.keys(place)
}

export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A browser may forbid a page to keep anything; then this page forgets, and works. */
export function keptPlaceOf(storage: () => Storage): KeptPlace {
  try {
    return storage()
  } catch {
    return forgetfulPlace()
  }
}

/** Keeps things only as long as the page lives. */
function forgetfulPlace(): KeptPlace {
  const texts = new Map<string, string>()
  return {
    getItem: (key) => texts.get(key) ?? null,
    setItem: (key, text) => void texts.set(key, text),
    removeItem: (key) => void texts.delete(key),
  }
}
