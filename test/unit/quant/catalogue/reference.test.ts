import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { quantReference } from '../../../../build/docs/quant-reference.ts'
import { staleReferences, writeReferences } from '../../../../build/docs/references.ts'
import { quantEntries } from '../../../../src-main/quant/catalogue/index.ts'

const files = quantReference()
const folder = 'docs/reference/quant'
const pageOf = (name: string): string => files.get(`${folder}/${name.toLowerCase()}.md`) ?? ''

describe('the reference of the quant library', () => {
  it('has a page for every function, with all that the catalogue says of it, and a way there', () => {
    const index = files.get(`${folder}/README.md`)
    for (const { name, formula, parameters, inputs, outputs } of quantEntries) {
      expect(index).toContain(`[\`${name}\`](${name.toLowerCase()}.md)`)
      const page = pageOf(name)
      expect(page, name).toContain(formula)
      for (const part of [...parameters, ...inputs, ...outputs]) expect(page, name).toContain(`| \`${part.name}\` |`)
      for (
        const heading of ['Formula', 'Convention', 'Parameters', 'Inputs', 'Outputs', 'Warm-up', 'Agrees with']
      ) expect(page, name).toContain(`\n## ${heading}\n`)
    }
  })

  it('has a small picture for nearly every indicator, the same each time', () => {
    const again = quantReference()
    const indicators = quantEntries.filter(({ category }) => category === 'indicator')
    const pictures = [...files].filter(([file]) => file.endsWith('.svg'))
    expect(pictures.length).toBeGreaterThan(0.95 * indicators.length)
    for (const [file, picture] of pictures) {
      expect(picture.length, file).toBeLessThan(6_000)
      expect(picture, file).not.toMatch(/NaN|Infinity|undefined/)
      expect(again.get(file)).toBe(picture)
    }
  })

  it('says at which bar an indicator begins', () => {
    expect(pageOf('sma')).toContain('`sma` begins at bar 19')
    expect(pageOf('hrp')).toContain('None: there is one answer for the whole input.')
  })
})

describe('a page of a function that is gone', () => {
  let tree: string
  beforeEach(() => {
    tree = mkdtempSync(join(tmpdir(), 'ballast-reference-'))
    writeReferences(tree)
  })
  afterEach(() => rmSync(tree, { recursive: true, force: true }))

  it('is told of, and taken away by the next writing', () => {
    const file = `${folder}/crystalball.md`
    writeFileSync(join(tree, file), '# Crystal ball\n')
    expect(staleReferences(tree)).toEqual([{ file, line: 1, problem: 'is made from nothing any more: run npm run docs:write' }])
    writeReferences(tree)
    expect(existsSync(join(tree, file))).toBe(false)
    expect(staleReferences(tree)).toEqual([])
  })
})
