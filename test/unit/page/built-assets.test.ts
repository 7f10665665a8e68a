import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtAssets } from '../../../src-main/page/index.ts'

let root: string
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ballast-page-'))
  mkdirSync(join(root, 'assets'))
  writeFileSync(join(root, 'index.html'), 'page')
  writeFileSync(join(root, 'assets/index-Ab3_-xYz.js'), 'script')
  writeFileSync(join(root, 'assets/index-Ab3_-xYz.js.map'), 'sources')
  writeFileSync(join(root, 'assets/odd.bin'), 'odd')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const read = async (path: string) => {
  const asset = await builtAssets(root).read(path)
  return asset && { text: String(asset.body), type: asset.type, isImmutable: asset.isImmutable }
}

describe('the built page', () => {
  it('is found by its paths, each with its type', async () => {
    expect(await read('/')).toEqual({ text: 'page', type: 'text/html; charset=utf-8', isImmutable: false })
    expect(await read('/index.html')).toEqual(await read('/'))
    expect(await read('/assets/index-Ab3_-xYz.js')).toEqual({ text: 'script', type: 'text/javascript; charset=utf-8', isImmutable: true })
    expect(await read('/assets/odd.bin')).toMatchObject({ type: 'application/octet-stream' })
  })

  it.each(['/assets', '/assets/', '/missing', '/../index.html', '', '/assets/index-Ab3_-xYz.js.map'])('has nothing at %j', async (path) => {
    expect(await read(path)).toBeUndefined()
  })

  it('has nothing that came after the start', async () => {
    const assets = builtAssets(root)
    writeFileSync(join(root, 'late.html'), 'late')
    expect(await assets.read('/late.html')).toBeUndefined()
  })
})
