import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** How another program of this user finds the running engine of a profile. The file is for its owner's eyes only. */
export interface EngineAddress {
  readonly port: number
  readonly token: string
  readonly processId: number
  readonly version: string
}

const addressFile = (folder: string): string => join(folder, 'engine.json')

export function writeEngineAddress(folder: string, address: EngineAddress): void {
  // Removed first: writing into an existing file would keep its old mode.
  rmSync(addressFile(folder), { force: true })
  writeFileSync(addressFile(folder), JSON.stringify(address), { mode: 0o600, flag: 'wx' })
}

export function removeEngineAddress(folder: string): void {
  rmSync(addressFile(folder), { force: true })
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
  const { port, token, processId, version } = value as Partial<Record<keyof EngineAddress, unknown>>
  if (typeof port !== 'number' || typeof token !== 'string' || typeof processId !== 'number' || typeof version !== 'string') return undefined
  return { port, token, processId, version }
}
