import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPackedProgram, smoke } from '../../build/packaging/smoke-packaged.ts'

describe.runIf(process.platform === 'linux')('the smoke run of a packed app', () => {
  let folder: string
  const program = (name: string, script: string): string => {
    const path = join(folder, name)
    writeFileSync(path, `#!/bin/sh\n${script}\n`)
    chmodSync(path, 0o755)
    return path
  }

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-smoke-test-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('passes on to the app that this is a smoke run, in a folder of its own, and takes its JSON document', async () => {
    const outcome = await smoke(program('good', 'test -d "${2#--user-data-dir=}" && echo "{\\"flag\\":\\"$1\\"}"'), 5_000)
    expect(outcome).toEqual({ ok: true, report: { flag: '--smoke' } })
  })

  it.each([
    ['exits with an error', 'echo "{}"; echo trouble >&2; exit 7', 'exited with 7'],
    ['says nothing', 'exit 0', 'printed no JSON document'],
    ['says something else', 'echo hello', 'printed no JSON document'],
    ['hangs', 'exec sleep 30', 'was ended after 300 ms'],
  ])('fails where the app %s', async (_, script, sentence) => {
    const outcome = await smoke(program('bad', script), 300)
    expect(outcome.ok).toBe(false)
    expect(outcome.ok ? '' : outcome.sentence).toContain(sentence)
  })

  it('fails where there is no program', async () => {
    const outcome = await smoke(join(folder, 'absent'), 300)
    expect(outcome.ok ? '' : outcome.sentence).toContain('did not start')
  })

  it('finds the program that packing left', () => {
    expect(findPackedProgram(folder)).toBeUndefined()
    mkdirSync(join(folder, 'linux-unpacked'))
    const path = program('linux-unpacked/ballast', 'exit 0')
    expect(findPackedProgram(folder)).toBe(path)
  })
})
