import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = join(import.meta.dirname, '../../../../src-main/venues/sim')

/** What the language leaves to the engine, the machine or the moment. The square root is exact everywhere. */
const unportable = /\bMath\.(?!abs\b|ceil\b|floor\b|imul\b|LN2\b|max\b|min\b|round\b|sign\b|sqrt\b|trunc\b)\w+|\*\*|\bDate\b|\basync\b|\bPromise\b|toLocale|Intl/

const codeOf = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\/\/.*$/gm, '')

describe('the demo market’s source', () => {
  it('computes with nothing that another machine may round otherwise, and asks no clock', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ts'))
    expect(files.length).toBeGreaterThan(10)
    for (const name of files) expect(unportable.exec(codeOf(readFileSync(join(folder, name), 'utf8')))?.[0], name).toBeUndefined()
    for (const bad of ['Math.exp(1)', '2 ** 3', 'Math.random()', 'new Date()']) expect(unportable.test(bad)).toBe(true)
  })
})
