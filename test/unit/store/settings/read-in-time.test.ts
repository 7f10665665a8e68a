import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readInTime, type ReadInTime } from '../../../../src-main/store/settings/read-in-time.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-in-time-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('reading a file in time', () => {
  it('gives its bytes, or says why not', async () => {
    const path = join(folder, 'some.yaml')
    writeFileSync(path, 'abc')
    const read = await readInTime(path, { bytesMax: 3, waitMs: 2_000 })
    expect(read.ok && Buffer.from(read.bytes).toString()).toBe('abc')
    expect(await readInTime(path, { bytesMax: 2, waitMs: 2_000 })).toEqual({ ok: false, reason: 'too-large' })
    expect(await readInTime(folder, { bytesMax: 3, waitMs: 2_000 })).toEqual({ ok: false, reason: 'no-file' })
    expect(await readInTime(join(folder, 'none'), { bytesMax: 3, waitMs: 2_000 })).toEqual({ ok: false, reason: 'missing' })
  })

  it('does not wait for a disk that does not answer, and does not ask it again before it has', async () => {
    const { promise, resolve } = Promise.withResolvers<ReadInTime>()
    let asked = 0
    const slowly = (): Promise<ReadInTime> => {
      asked += 1
      return promise
    }
    const options = { bytesMax: 3, waitMs: 20 }
    const look = (): Promise<ReadInTime> => readInTime('/far/away.yaml', options, slowly)
    expect([await look(), await look(), asked]).toEqual([{ ok: false, reason: 'silent' }, { ok: false, reason: 'silent' }, 1])
    resolve({ ok: true, bytes: new Uint8Array(1) })
    await new Promise((done) => setTimeout(done, 5))
    expect([await look(), asked]).toEqual([{ ok: true, bytes: new Uint8Array(1) }, 2])
  })
})
