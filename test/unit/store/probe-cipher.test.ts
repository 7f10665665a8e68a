import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { probeCipher } from '../../../src-main/store/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-test-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

describe('the probe of the cipher', () => {
  it('finds that this SQLite encrypts and refuses a wrong key, and leaves nothing behind', () => {
    vi.stubEnv('TMPDIR', folder)
    expect(probeCipher()).toEqual({ ok: true, sqliteVersion: expect.stringMatching(/^3\.\d+\.\d+$/) })
    expect(readdirSync(folder)).toEqual([])
  })
})
