import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { patientWords } from '../../../src-main/supervisor/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-words-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('patient words', () => {
  it('come out whole and in order', async () => {
    const file = openSync(join(folder, 'out'), 'w')
    const words = patientWords(file)
    for (let line = 0; line < 500; line++) words.pass(Buffer.from(`line ${line}\n`))
    await words.settled()
    closeSync(file)
    const lines = Array.from({ length: 500 }, (_each, line) => `line ${line}\n`)
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe(lines.join(''))
  })

  it('do not wait for a reader that does not read, and keep a bounded part', async () => {
    const pipe = join(folder, 'pipe')
    spawnSync('mkfifo', [pipe])
    // Opens the reading end and sleeps.
    const reader = spawn('sh', ['-c', `exec sleep 30 < "${pipe}"`], { stdio: 'ignore' })
    const file = openSync(pipe, 'w')
    const words = patientWords(file)
    const began = performance.now()
    for (let part = 0; part < 100; part++) words.pass(Buffer.alloc(64 * 1024, 'x'))
    expect(performance.now() - began).toBeLessThan(500)
    const isSettled = await Promise.race([words.settled().then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 100))])
    expect(isSettled).toBe(false)
    reader.kill('SIGKILL')
    await words.settled()
    closeSync(file)
  })
})
