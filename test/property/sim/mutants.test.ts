import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { judgeMutant, mutantFiles } from '../../sim/mutants/judge-mutant.ts'
import { patchedCopy, root } from '../../sim/mutants/patched-copy.ts'
import { edits } from '../../mutants/edits.ts'

const folder = mkdtempSync(join(tmpdir(), 'ballast-patches-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let count = 0
function patchFile(text: string): string {
  count += 1
  const file = join(folder, `${count}.patch`)
  writeFileSync(file, text)
  return file
}

const target = 'src-main/engine/trades.ts'
const line = readFileSync(join(root, target), 'utf8').split('\n')[0] ?? ''
const diff = (path: string, before: string, after: string, old = `a/${path}`, fresh = `b/${path}`): string => `--- ${old}\n+++ ${fresh}\n@@ -1,1 +1,1 @@\n-${before}\n+${after}\n`

function changedLine(text: string): string | undefined {
  const patched = patchedCopy(patchFile(text))
  if (!patched.ok) throw new Error(patched.trouble)
  const changed = readFileSync(join(patched.copy.folder, target), 'utf8').split('\n')[0]
  patched.copy.dispose()
  expect(existsSync(patched.copy.folder)).toBe(false)
  return changed
}

describe('a planted bug', () => {
  it.each([
    ['with a/ and b/', diff(target, line, '// another')], ['without anything before the path', diff(target, line, '// another', target, target)],
    ['with a longer way before it', diff(target, line, '// another', `/home/me/ballast/${target}`, `/home/me/ballast/${target}`)],
    ['with line ends of another system', diff(target, line, '// another').replaceAll('\n', '\r\n')], ['without a line end at its end', diff(target, line, '// another').trimEnd()],
    ['with words around it', `A note.\n\n${diff(target, line, '// another')}-- \n2.39\n`],
  ])('goes into a copy, %s, and never into the sources', (_name, text) => {
    expect(changedLine(text)).toBe('// another')
    expect(readFileSync(join(root, target), 'utf8').split('\n')[0]).toBe(line)
  })

  it.each([
    ['nothing', '', 'no unified diff'], ['words', 'make it better', 'no unified diff'], ['bytes', '\u0000\u0001\uffff@@', 'no unified diff'],
    ['a file that does not run here', diff('src-renderer/main.ts', line, 'x'), 'does not run'], ['a way out of the copy', diff('src-main/engine/../../../x.ts', line, 'x'), 'does not run'],
    ['a line that is not there', diff(target, 'not there at all', 'x'), 'does not apply'], ['a hunk that is cut', diff(target, line, 'x').split('\n').slice(0, 4).join('\n'), 'in the middle of a hunk'],
  ])('is not judged when its patch holds %s, and that is said in a sentence', (_name, text, said) => {
    const patched = patchedCopy(patchFile(text))
    expect(patched.ok ? 'a copy' : patched.trouble).toContain(said)
  })

  it('is not looked for where there is no file', () => {
    expect(patchedCopy(join(folder, 'none.patch'))).toEqual({ ok: false, trouble: 'there is no such file' })
    expect(patchedCopy(folder)).toEqual({ ok: false, trouble: 'it is not a file' })
  })

  it('has a patch for each edit of the list', () => {
    expect(mutantFiles().map((file) => file.replace(/^.*[\\/]|\.patch$/g, ''))).toEqual(edits.map(({ name }) => name).toSorted())
  })

  it('is killed by the rule it breaks, with the seed in which it does', async () => {
    const verdict = await judgeMutant(join(root, 'test/mutants/fill-applied-twice.patch'))
    expect(verdict).toMatchObject({ name: 'fill-applied-twice', killed: true })
    expect(verdict.killedBy).toMatch(/^I7: trade .* was counted twice/)
  }, 240_000)

  it('is killed when the program does not start with it', async () => {
    const verdict = await judgeMutant(patchFile(diff(target, line, 'import {{')))
    expect(verdict).toMatchObject({ killed: true })
    expect(verdict.killedBy).toContain('does not start')
  }, 120_000)
})
