import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hashOfSources, isBuilt, leaveStamp } from '../../../build/scripts/start/build-stamp.ts'

let root: string
const write = (file: string, text: string): void => {
  mkdirSync(dirname(join(root, file)), { recursive: true })
  writeFileSync(join(root, file), text)
}
const build = (): void => {
  for (const file of ['main/index.js', 'main/ballast.js', 'main/engine-child.js', 'main/venue-child.js', 'preload/index.cjs', 'renderer/index.html']) write(`out/${file}`, '')
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ballast-stamp-'))
  write('src-main/a/b.ts', '1')
  write('src-renderer/c.css', '2')
  write('package.json', '{}')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('the stamp of a build', () => {
  it('says that nothing is to be done when nothing changed but times', () => {
    const hash = hashOfSources(root)
    expect(isBuilt(root, hash)).toBe(false)
    build()
    expect(isBuilt(root, hash)).toBe(false)
    leaveStamp(root, hash)
    expect(isBuilt(root, hash)).toBe(true)
    utimesSync(join(root, 'src-main/a/b.ts'), 1, 1)
    expect(isBuilt(root, hashOfSources(root))).toBe(true)
  })

  it.each<readonly [string, () => void]>([
    ['an edit', () => write('src-main/a/b.ts', '3')],
    ['a new file', () => write('src-renderer/d.ts', '')],
    ['a file that is gone', () => rmSync(join(root, 'src-renderer/c.css'))],
    ['another name', () => renameSync(join(root, 'src-renderer/c.css'), join(root, 'src-renderer/d.css'))],
    ['another version of a package', () => write('package-lock.json', '{}')],
    ['an output that is gone', () => rmSync(join(root, 'out/renderer/index.html'))],
  ])('asks for a build after %s', (_what, change) => {
    build()
    leaveStamp(root, hashOfSources(root))
    change()
    expect(isBuilt(root, hashOfSources(root))).toBe(false)
  })

  it('does not take what moved from one file to its neighbour for the same', () => {
    const before = hashOfSources(root)
    write('src-main/a/b.ts', '')
    write('src-renderer/c.css', '21')
    expect(hashOfSources(root)).not.toBe(before)
  })
})
