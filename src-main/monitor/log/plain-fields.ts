import { mask } from './secret-register.ts'

/** What may be logged: plain data, nothing that has a life of its own. */
export type LogValue = string | number | boolean | null | undefined | readonly LogValue[] | LogFields
export interface LogFields {
  readonly [name: string]: LogValue
}

const depthMax = 5
const namesMax = 50
const itemsMax = 100
export const fieldTextMax = 2_000

/** Names under which nothing is ever logged, whatever it is. Compared without case and punctuation. */
const secretNames: readonly RegExp[] = [
  /token|secret|authori[sz]ation|cookie|credential|mnemonic|signature|seedphrase|recoverycode/,
  /pass(?:phrase|word|wd|code)|(?:api|private|data|master|session|signing)key/,
  /^(?:auth|key|keys|pin|otp|hmac|seed)$/,
]

export function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')
  return secretNames.some((pattern) => pattern.test(plain))
}

/**
 * A copy that holds plain data only. The compiler keeps the rest out already; this is for what comes past it, such as the
 * `unknown` of a catch. Nothing of another object's own is called: no getter, no toJSON, no toString.
 */
export function plainFields(fields: unknown): LogFields {
  const plain = plainValue(fields, 0)
  return typeof plain === 'object' && plain !== null && !Array.isArray(plain) ? (plain as LogFields) : { value: plain }
}

function plainValue(value: unknown, depth: number): LogValue {
  switch (typeof value) {
    case 'string':
      return shortText(value)
    case 'number':
      return Number.isFinite(value) ? value : String(value)
    case 'boolean':
      return value
    case 'bigint':
      return String(value)
    case 'undefined':
      return undefined
    case 'object':
      return value === null ? null : plainObject(value, depth)
    default:
      return `[${typeof value}]`
  }
}

function plainObject(value: object, depth: number): LogValue {
  try {
    if (value instanceof Error) return plainError(value, depth)
    if (depth >= depthMax) return '[deeper]'
    if (Array.isArray(value)) return plainList(value, depth)
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return '[bytes]'
    const prototype: unknown = Object.getPrototypeOf(value)
    if (prototype !== Object.prototype && prototype !== null) return '[object]'
    return plainRecord(value, depth)
  } catch {
    // A proxy may throw at any touch, and a log must not.
    return '[unreadable]'
  }
}

function plainList(list: readonly unknown[], depth: number): LogValue {
  const items: LogValue[] = []
  for (let at = 0; at < Math.min(list.length, itemsMax); at += 1) items.push(plainValue(dataOf(list, at), depth + 1))
  if (list.length > itemsMax) items.push(`[${list.length - itemsMax} more]`)
  return items
}

function plainRecord(value: object, depth: number): LogFields {
  const names = Object.keys(value)
  const entries = names.slice(0, namesMax).map((name): readonly [string, LogValue] => [
    shortText(name), isSecretName(name) ? mask : plainValue(dataOf(value, name), depth + 1),
  ])
  if (names.length > namesMax) entries.push(['[more]', names.length - namesMax])
  return Object.fromEntries(entries)
}

/** What is stored there; what would first have to be computed is not asked for. */
function dataOf(value: object, name: PropertyKey): unknown {
  const property = Object.getOwnPropertyDescriptor(value, name)
  return property !== undefined && 'value' in property ? property.value : '[computed]'
}

const errorDepthMax = 4

/** Of an error only what every error has: whatever else a library hung on it may hold anything. */
function plainError(error: Error, depth: number): LogValue {
  if (depth >= errorDepthMax + depthMax) return '[deeper]'
  const code = dataOf(error, 'code')
  const cause = dataOf(error, 'cause')
  const stack = stackOf(error)
  return {
    name: nameOf(error),
    message: textOf(dataOf(error, 'message')),
    ...(typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? { code } : {}),
    ...(typeof stack === 'string' ? { stack: framesOf(stack) } : {}),
    ...(cause instanceof Error ? { cause: plainError(cause, depth + 1) } : {}),
    ...(error instanceof AggregateError ? { errors: plainErrors(dataOf(error, 'errors'), depth + 1) } : {}),
  }
}

const plainErrors = (errors: unknown, depth: number): LogValue =>
  Array.isArray(errors)
    ? errors.slice(0, 5).map((each: unknown) => (each instanceof Error ? plainError(each, depth) : textOf(each)))
    : []

/** V8 computes a stack when it is first asked for, by a getter that is the same for every error; no other one is called. */
const stackGetter = Object.getOwnPropertyDescriptor(new Error('probe'), 'stack')?.get

function stackOf(error: Error): unknown {
  const property = Object.getOwnPropertyDescriptor(error, 'stack')
  return property?.get !== undefined && property.get === stackGetter ? error.stack : property?.value
}

const textOf = (message: unknown): string => (typeof message === 'string' ? shortText(message) : '[computed]')

/** The class's own name, which is code; not one that was set on the instance. */
function nameOf(error: Error): string {
  const prototype: unknown = Object.getPrototypeOf(error)
  const made = typeof prototype === 'object' && prototype !== null ? dataOf(prototype, 'constructor') : undefined
  const name = typeof made === 'function' ? dataOf(made, 'name') : undefined
  return typeof name === 'string' && /^\w{1,60}$/.test(name) ? name : 'Error'
}

/** The places alone: the message at a stack's head is told already. */
const framesOf = (stack: string): readonly string[] =>
  stack.split('\n').filter((line) => /^\s+at /.test(line)).slice(0, 12).map((line) => shortText(line.trim()))

export const shortText = (text: string): string =>
  text.length <= fieldTextMax ? text : `${text.slice(0, fieldTextMax)} [${text.length - fieldTextMax} more]`
