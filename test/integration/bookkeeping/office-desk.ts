import { writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import { caller, dropFolder, newFolder, startOffice, type OfficeUnderTest } from '../../fixtures/start-office.ts'

export const passphrase = 'correct horse battery'
export let folder: string
const offices: OfficeUnderTest[] = []
export const servers: Server[] = []

export async function start(...[parts, left]: Parameters<typeof startOffice> extends [string, ...infer Rest] ? Rest : never): Promise<OfficeUnderTest> {
  const office = await startOffice(folder, parts, left)
  offices.push(office)
  return office
}

export async function stop(office: OfficeUnderTest): Promise<void> {
  offices.splice(offices.indexOf(office), 1)
  await office.stop()
}

beforeEach(() => {
  folder = newFolder()
  // Else the first one would be made by itself as soon as there is a way to open it elsewhere.
  writeFileSync(join(folder, 'settings.yaml'), 'version: 1\nbackup:\n  enabled: false\n')
})

afterEach(async () => {
  for (const office of offices.splice(0)) await office.stop()
  for (const server of servers.splice(0)) server.close()
  dropFolder(folder)
})

export const halt = (at: number) => ({ kind: 'halt-trading', at, reason: 'a test', actor: 'hand', correlation: 'key-1' }) as const

interface Recorded {
  readonly sequence: number
  readonly kind: string
  readonly correlation: string | null
  readonly body: string
}

export async function records(office: OfficeUnderTest): Promise<readonly Recorded[]> {
  const reply = await office.handlers['audit.recent']({ before: null, limit: 500, correlation: null }, caller)
  if (!reply.ok) throw new Error(reply.error.code)
  return reply.value.records
}

export const kinds = async (office: OfficeUnderTest): Promise<readonly string[]> => (await records(office)).map(({ kind }) => kind)
