import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, expectTypeOf, it } from 'vitest'
import type { Amount, Count, Lots, Quantity, Rate, Ticks, Unsettled } from '../../../src-main/base/index.ts'

const root = resolve(import.meta.dirname, '../../..')

/** Each of these must be refused by the compiler. */
const refused = [
  'a + a', 'a - a', 'a * a', 'a / a', 'a % a', 'a ** a', '-a', '+a', '~a', 'a++', 'a += a',
  'a > 0', 'a > a', 'a <= a', 'a === 0', 'a === lots', 'a + 1', 'a + ""', '`${a}`',
  'Math.abs(a)', 'takesNumber(a)', 'a = 1', 'a = lots', 'column[0] = a',
  'add(a, lots)', 'isLess(a, lots)', 'mulDiv(money, lots, a, "floor")', 'tryAdd(tryAdd(a, a), lots)',
  'a = tryAdd(a, a)', 'add(tryAdd(a, a), a)', 'isLess(tryAdd(a, a), a)', 'tryAdd(a, a) > a', 'tryAdd(a, a) === a',
  'rawOf(tryAdd(a, a))', 'mulDiv(money, lots, lots)', 'parseDecimal("1", 2)',
] as const

/** And each of these must compile, or the list above would prove nothing. */
const accepted = [
  'a = add(a, a)', 'a === a', 'tryAdd(tryAdd(a, a), a)', 'money = mulDiv(money, lots, lots, "floor")', 'isLess(a, a)',
  'column[0] = rawOf(a)', 'a = ticksFromRaw(column[0])', 'hasOverflowed(tryAdd(a, a))', 'parseDecimal("1", 2, "refuse")',
] as const

const compile = (folder: string): string => {
  const file = join(folder, 'snippets.ts')
  const face = JSON.stringify(join(root, 'src-main/base/index.ts'))
  const header = [
    `import { add, hasOverflowed, isLess, mulDiv, parseDecimal, rawOf, ticksFromRaw, tryAdd } from ${face}`,
    `import type { Amount, Lots, Ticks } from ${face}`,
    'declare let a: Ticks; declare let lots: Lots; declare let money: Amount; declare const column: Float64Array',
    'declare const takesNumber: (n: number) => void',
  ]
  writeFileSync(file, [...header, ...refused.map((line) => `;(${line});`), ...accepted.map((line) => `;(${line});`)].join('\n'))
  const options = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--module', 'esnext', '--moduleResolution', 'bundler']
  const compiler = join(root, 'node_modules/typescript/lib/tsc.js')
  const flags = [...options, '--target', 'es2024', '--types', '']
  return spawnSync(process.execPath, [compiler, ...flags, file], { encoding: 'utf8', cwd: folder }).stdout
}

describe('to the compiler, a quantity', () => {
  const linesBefore = 4
  let linesWithErrors = new Set<number>()
  let output = ''
  const folder = mkdtempSync(join(tmpdir(), 'ballast-opaque-'))

  beforeAll(() => {
    output = compile(folder)
    linesWithErrors = new Set([...output.matchAll(/snippets\.ts\((\d+),/g)].map((match) => Number(match[1])))
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(refused.map((line, at) => [line, at] as const))('refuses %s', (_line, at) => {
    expect(linesWithErrors).toContain(linesBefore + 1 + at)
  })

  it('accepts what the exact functions are for', () => {
    const after = [...linesWithErrors].filter((line) => line <= linesBefore || line > linesBefore + refused.length)
    expect(after, output).toEqual([])
  })

  it('is neither a number nor another kind of quantity', () => {
    expectTypeOf<Quantity>().not.toExtend<number>()
    expectTypeOf<number>().not.toExtend<Quantity>()
    expectTypeOf<Ticks>().not.toExtend<Lots | Amount | Rate | Count>()
    expectTypeOf<Amount>().not.toExtend<Ticks | Lots | Rate | Count>()
    expectTypeOf<Unsettled<Amount>>().not.toExtend<Quantity>()
    expectTypeOf<Unsettled<Amount>>().not.toExtend<Unsettled<Ticks>>()
  })
})
