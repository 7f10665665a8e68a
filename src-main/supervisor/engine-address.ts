import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How another program of this user finds the running engine of a profile. The file is for its owner's eyes only. */
export interface EngineAddress {
  readonly port: number
  readonly token: string
  readonly processId: number
  readonly version: string
  /** Started for the length of one command of the command line: nobody else should rely on it. */
  readonly isBrief?: true
}

const addressFile = (folder: string): string => join(folder, 'engine.json')

export function writeEngineAddress(folder: string, address: EngineAddress): void {
  const next = `${addressFile(folder)}.${address.processId}`
  // Made anew: an existing file would keep its old mode.
  rmSync(next, { force: true })
  writeFileSync(next, JSON.stringify(address), { mode: 0o600, flag: 'wx' })
  renameSync(next, addressFile(folder))
}

/** Only one's own: after a long pause the folder, and the address in it, may be another engine's. */
export function removeEngineAddress(folder: string, token: string): void {
  if (readEngineAddress(folder)?.token === token) rmSync(addressFile(folder), { force: true })
}

/** `undefined` when there is none or it makes no sense. That the engine lives is for the caller to find out. */
export function readEngineAddress(folder: string): EngineAddress | undefined {
  let value: unknown
  try {
    value = JSON.parse(readFileSync(addressFile(folder), 'utf8'))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { port, token, processId, version, isBrief } = value as Partial<Record<keyof EngineAddress, unknown>>
  if (typeof token !== 'string' || typeof version !== 'string') return undefined
  if (!isWhole(port, 65_535) || !isWhole(processId, Number.MAX_SAFE_INTEGER)) return undefined
  return { port, token, processId, version, ...(isBrief === true ? { isBrief } : {}) }
}

const isWhole = (value: unknown, atMost: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= atMost
