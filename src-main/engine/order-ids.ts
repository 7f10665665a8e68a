import { bytesFromCrockford, bytesFromHex, crockfordFromBytes, ensureOk, hexFromBytes, uuidFromBytes } from '../base/index.ts'
import type { OrderId } from '../domain/index.ts'
import { orderIdShape } from '../domain/index.ts'

/**
 * Order ids are derived: 6 bytes of the installation, 6 of the start of this run in milliseconds, 4 of a count. Two runs never begin
 * in the same millisecond (see `nextRunStart`), so that no id is ever made twice, and no chance is drawn.
 */
export type OrderIdForm = 'hex' | 'prefixed-hex' | 'uuid' | 'crockford' | 'dashed-crockford'

export const runStartMax = 2 ** 48 - 1
export const countMax = 2 ** 32 - 1

const hexOf = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')

export const deriveOrderId = (installation: string, runStartedAt: number, count: number): OrderId =>
  orderIdShape.ensure(`${installation}${hexOf(runStartedAt, 12)}${hexOf(count, 8)}`)

/** A clock that stands still or went back between two starts must not lead to the ids of the run before. */
export const nextRunStart = (before: number, at: number): number => Math.min(runStartMax, Math.max(at, before + 1, 0))

export const runStartOf = (id: OrderId): number => Number.parseInt(id.slice(12, 24), 16)
export const countOf = (id: OrderId): number => Number.parseInt(id.slice(24), 16)

/** As a venue takes it: hex 32, 0x hex 34, UUID 36, Crockford 26, and `t-` before it 28 characters. */
export function renderOrderId(id: OrderId, form: OrderIdForm): string {
  const bytes = ensureOk(bytesFromHex(id), 'an order id to be hex')
  switch (form) {
    case 'hex':
      return id
    case 'prefixed-hex':
      return `0x${id}`
    case 'uuid':
      return uuidFromBytes(bytes)
    case 'crockford':
      return crockfordFromBytes(bytes)
    case 'dashed-crockford':
      return `t-${crockfordFromBytes(bytes)}`
  }
}

/** The id behind what a venue shows. A UUID has lost six bits: it is found by rendering what is known, not by reading. */
export function readOrderId(text: string, form: Exclude<OrderIdForm, 'uuid'>): OrderId | undefined {
  const read = form === 'crockford' || form === 'dashed-crockford' ? readCrockford(text, form) : readHex(text, form)
  const parsed = read === undefined ? undefined : orderIdShape.parse(read)
  return parsed?.ok === true ? parsed.value : undefined
}

function readHex(text: string, form: 'hex' | 'prefixed-hex'): string | undefined {
  if (form === 'hex') return text
  return text.startsWith('0x') ? text.slice(2) : undefined
}

function readCrockford(text: string, form: 'crockford' | 'dashed-crockford'): string | undefined {
  const bare = form === 'crockford' ? text : text.startsWith('t-') ? text.slice(2) : ''
  const bytes = bytesFromCrockford(bare)
  return bytes.ok ? hexFromBytes(bytes.value) : undefined
}
