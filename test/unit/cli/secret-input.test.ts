import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSpeech } from '../../../src-main/cli/index.ts'
import type { CommandContext } from '../../../src-main/cli/command.ts'
import { askSecret, givenSecret, readDescriptor } from '../../../src-main/cli/secret-input.ts'
import { fakeSurroundings } from './fake-surroundings.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-secret-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function write(content: string | Buffer, mode = 0o600): string {
  const file = join(folder, `secret-${Math.random()}`)
  writeFileSync(file, content)
  chmodSync(file, mode)
  return file
}

/** What the reading of a secret looks at, and nothing else. */
const contextOf = (env: NodeJS.ProcessEnv, platform: NodeJS.Platform = 'linux'): CommandContext =>
  ({ surroundings: { ...fakeSurroundings([], env), platform }, speech: createSpeech('en') }) as unknown as CommandContext

const fromFile = (file: string, platform?: NodeJS.Platform) =>
  givenSecret(contextOf({ BALLAST_PASSPHRASE_FILE: file }, platform), { 'passphrase-fd': undefined })

function fromDescriptor(content: string | Buffer, env: NodeJS.ProcessEnv = {}) {
  const descriptor = openSync(write(content), 'r')
  try {
    return givenSecret(contextOf(env), { 'passphrase-fd': descriptor })
  } finally {
    closeSync(descriptor)
  }
}

describe('a secret from a file', () => {
  it('is its first line, whatever ends it', () => {
    for (const content of ['correct horse', 'correct horse\n', 'correct horse\r\n', 'correct horse\nsomething else\n']) {
      expect(fromFile(write(content))).toEqual({ ok: true, secret: 'correct horse' })
    }
    expect(fromFile(write('  spaces are part of it \n'))).toEqual({ ok: true, secret: '  spaces are part of it ' })
    expect(fromFile(write('größe, 東京\n'))).toEqual({ ok: true, secret: 'größe, 東京' })
  })

  it.each(['644', '640', '604', '660', '777'])('that others can read (%s) is refused, and says how to mend it', (mode) => {
    expect(fromFile(write('correct horse', Number.parseInt(mode, 8)))).toEqual({
      ok: false,
      trouble: {
        exitCode: 2, kind: 'malformed', code: 'cli.secret-file-open',
        message: 'The file that BALLAST_PASSPHRASE_FILE names can be read by others. Take that away with `chmod 600`, then try again.',
      },
    })
  })

  it('is taken with the rights of its owner alone, and on Windows as it is', () => {
    expect(fromFile(write('correct horse', 0o400))).toMatchObject({ ok: true })
    expect(fromFile(write('correct horse', 0o644), 'win32')).toMatchObject({ ok: true })
  })

  it('that is not there, empty, or too long is bad input, and its content is not said', () => {
    expect(fromFile(join(folder, 'none'))).toMatchObject({ trouble: { exitCode: 2, message: 'The passphrase cannot be read from BALLAST_PASSPHRASE_FILE (ENOENT).' } })
    expect(fromFile(folder)).toMatchObject({ ok: false, trouble: { exitCode: 2 } })
    for (const empty of ['', '\n', '\nsecond line']) expect(fromFile(write(empty))).toMatchObject({ trouble: { exitCode: 2, code: 'cli.secret-empty' } })
    expect(fromFile(write('x'.repeat(4_096)))).toMatchObject({ ok: true })
    const long = fromFile(write('x'.repeat(4_097)))
    expect(long).toMatchObject({ trouble: { exitCode: 2, code: 'cli.secret-too-long' } })
    expect(JSON.stringify(long)).not.toContain('xxx')
  })

  it('is not looked for when no variable names one', () => {
    expect(givenSecret(contextOf({}), { 'passphrase-fd': undefined })).toEqual({ ok: true, secret: undefined })
    expect(givenSecret(contextOf({ BALLAST_PASSPHRASE_FILE: '' }), { 'passphrase-fd': undefined })).toEqual({ ok: true, secret: undefined })
  })
})

describe('a secret from a descriptor', () => {
  it('is read to its end, before any file', () => {
    expect(fromDescriptor('by descriptor\n', { BALLAST_PASSPHRASE_FILE: write('by file') })).toEqual({ ok: true, secret: 'by descriptor' })
  })

  it('that is not open is bad input', () => {
    expect(givenSecret(contextOf({}), { 'passphrase-fd': 9_999 })).toMatchObject({
      ok: false, trouble: { exitCode: 2, message: 'The passphrase cannot be read from --passphrase-fd 9999 (EBADF).' },
    })
    expect(readDescriptor(contextOf({}), 9_999)).toMatchObject({ ok: false, trouble: { exitCode: 2, code: 'cli.secret-unreadable' } })
    expect(fromDescriptor('')).toMatchObject({ trouble: { code: 'cli.secret-empty' } })
    expect(fromDescriptor('y'.repeat(5_000))).toMatchObject({ trouble: { code: 'cli.secret-too-long' } })
  })
})

it('nobody is asked where nobody can answer, and somebody is at a terminal', async () => {
  expect(await askSecret(contextOf({}), 'Passphrase:')).toBeUndefined()
  const asked: string[] = []
  const context = contextOf({})
  const withTerminal = { ...context, surroundings: { ...context.surroundings, askSecret: async (question: string) => (asked.push(question), 'typed') } }
  expect(await askSecret(withTerminal, 'Passphrase:')).toBe('typed')
  expect(asked).toEqual(['Passphrase:'])
})
