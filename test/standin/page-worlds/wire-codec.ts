import type { WireValue } from './wire-frames.ts'

export interface WireCodec {
  encode(value: unknown): WireValue
  decode(wire: WireValue): unknown
}

/**
 * What structured cloning carries, as JSON: everything JSON knows stays as it is, the rest becomes `{ $: kind, of: ... }`.
 * Runs in the main process and, as its own source text, in the page: it may use nothing from outside itself.
 */
export function createWireCodec(): WireCodec {
  const tag = (kind: string, of: WireValue): WireValue => ({ $: kind, of })
  const bytesOf = (value: Uint8Array): string => {
    let text = ''
    // In pieces, because every byte becomes an argument.
    for (let at = 0; at < value.length; at += 8192) text += String.fromCharCode(...value.subarray(at, at + 8192))
    return btoa(text)
  }
  const bytesOfView = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
    bytesOf(new Uint8Array(buffer, byteOffset, byteLength))
  // Node's Buffer arrives as what it extends, as it does through structured cloning.
  const nameOfView = (value: ArrayBufferView): string => value.constructor.name.replace(/^Buffer$/, 'Uint8Array')

  const encodeObject = (value: object): WireValue => {
    if (Array.isArray(value)) return value.map(encode)
    if (value instanceof Date) return tag('date', encode(value.getTime()))
    if (value instanceof Map) return tag('map', [...value].map(([key, item]) => [encode(key), encode(item)]))
    if (value instanceof Set) return tag('set', [...value].map(encode))
    if (value instanceof Error) return tag('error', [value.name, value.message, value.stack ?? ''])
    if (value instanceof ArrayBuffer) return tag('buffer', bytesOf(new Uint8Array(value)))
    if (ArrayBuffer.isView(value)) return tag('view', [nameOfView(value), bytesOfView(value)])
    const entries = Object.entries(value).map(([key, item]): [string, WireValue] => [key, encode(item)])
    return '$' in value ? tag('object', entries) : Object.fromEntries(entries)
  }

  const encodeNumber = (value: number): WireValue => {
    if (Object.is(value, -0)) return tag('number', '-0')
    return Number.isFinite(value) ? value : tag('number', String(value))
  }

  const encode = (value: unknown): WireValue => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
    if (typeof value === 'number') return encodeNumber(value)
    if (typeof value === 'undefined') return tag('undefined', null)
    if (typeof value === 'bigint') return tag('bigint', String(value))
    if (typeof value === 'object') return encodeObject(value)
    throw new DOMException('An object could not be cloned.', 'DataCloneError')
  }

  const decodeBytes = (text: WireValue): ArrayBuffer =>
    Uint8Array.from(atob(String(text)), (letter) => letter.charCodeAt(0)).buffer
  const list = (wire: WireValue | undefined): readonly WireValue[] => (Array.isArray(wire) ? wire : [])
  const pair = (wire: WireValue): [unknown, unknown] => [decode(list(wire)[0] ?? null), decode(list(wire)[1] ?? null)]

  const decodeError = (wire: WireValue): Error => {
    const [name, message, stack] = list(wire).map(String)
    return Object.assign(new Error(message), { name, stack })
  }

  const decodeView = (wire: WireValue): unknown => {
    const [name, bytes] = list(wire)
    // The name was read off a view on the other side, and both sides have the same classes.
    const View = Reflect.get(globalThis, String(name)) as new (buffer: ArrayBuffer) => ArrayBufferView
    return new View(decodeBytes(bytes ?? ''))
  }

  const decodeTagged = (kind: WireValue | undefined, of: WireValue): unknown => {
    if (kind === 'undefined') return undefined
    if (kind === 'bigint') return BigInt(String(of))
    if (kind === 'number') return Number(of)
    if (kind === 'date') return new Date(Number(decode(of)))
    if (kind === 'map') return new Map(list(of).map(pair))
    if (kind === 'set') return new Set(list(of).map(decode))
    if (kind === 'error') return decodeError(of)
    if (kind === 'buffer') return decodeBytes(of)
    if (kind === 'view') return decodeView(of)
    return Object.fromEntries(list(of).map((entry) => [String(list(entry)[0]), pair(entry)[1]]))
  }

  const decode = (wire: WireValue): unknown => {
    if (wire === null || typeof wire !== 'object') return wire
    if (Array.isArray(wire)) return wire.map(decode)
    // Array.isArray does not take readonly arrays out of the union.
    const record = wire as { readonly [key: string]: WireValue }
    if ('$' in record) return decodeTagged(record['$'], record['of'] ?? null)
    return Object.fromEntries(Object.entries(record).map(([key, item]) => [key, decode(item)]))
  }

  return { encode, decode }
}
