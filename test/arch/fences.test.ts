import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findViolations, importsOf } from '../../build/import-graph.ts'
import { layers } from '../../build/layers.ts'
import { staleTsconfigs } from '../../build/scripts/write-tsconfigs.ts'

const root = join(import.meta.dirname, '../..')
const binary = (name: string): string => join(root, 'node_modules/.bin', name)

/** A tree of its own, in which something wrong can be planted without touching ours. */
let planted: string
const plant = (file: string, source: string): void => {
  mkdirSync(dirname(join(planted, file)), { recursive: true })
  writeFileSync(join(planted, file), source)
}

beforeEach(() => {
  planted = mkdtempSync(join(tmpdir(), 'ballast-fences-'))
})
afterEach(() => rmSync(planted, { recursive: true, force: true }))

describe('the import graph', () => {
  it('holds no import that the layer table forbids', () => {
    expect(findViolations(root)).toEqual([])
  })

  it.each([
    ['electron in the engine', 'src-main/engine/a.ts', `import { app } from 'electron'`],
    ['Node in the domain', 'src-main/domain/a.ts', `import { readFileSync } from 'node:fs'`],
    ['Node without its prefix', 'src-main/base/a.ts', `import fs from 'fs'`],
    ['a package in base', 'src-main/base/a.ts', `import { z } from 'zod'`],
    ['the engine from the contract', 'src-preload/contract/a.ts', `import { TradingEngine } from '../../src-main/engine/index.ts'`],
    ['the store from the renderer', 'src-renderer/a.ts', `import { lockFolder } from '../src-main/store/index.ts'`],
    ['a folder past its face', 'src-main/runtime/a.ts', `import { TradingEngine } from '../engine/trading-engine.ts'`],
    ['an import written as a call', 'src-main/engine/a.ts', `const later = () => import('../store/index.ts')`],
    ['an export from elsewhere', 'src-main/engine/a.ts', `export { lockFolder } from '../store/index.ts'`],
    ['one panel in another', 'src-renderer/panels/engine/a.tsx', `import { Clock } from '../clock/clock-panel.tsx'`],
    ['one single-file panel in another', 'src-renderer/panels/a-panel.tsx', `import { B } from './b-panel.tsx'`],
    ['a file of no layer', 'src-main/stray/a.ts', `export const a = 1`],
  ])('finds %s', (_what, file, source) => {
    plant(file, source)
    expect(findViolations(planted)).toHaveLength(1)
  })

  it('does not take comments and strings for imports', () => {
    expect(importsOf(`// import 'electron'\n/* from 'fs' */\nconst from = 'x'`)).toEqual([])
  })

  it('lets the panels’ own index gather them', () => {
    plant('src-renderer/panels/index.ts', `export { EnginePanel } from './engine/engine-panel.tsx'`)
    expect(findViolations(planted)).toEqual([])
  })
})

describe('the tsconfigs', () => {
  it('are what the layer table says', () => {
    expect(staleTsconfigs()).toEqual([])
  })

  it('give core layers a language without clock, process or timers', () => {
    const core = layers.filter(({ surroundings }) => surroundings === 'core').map(({ name }) => name)
    expect(core).toEqual(expect.arrayContaining(['base', 'domain', 'engine']))
    for (const name of core) {
      const { compilerOptions } = JSON.parse(readFileSync(join(root, `build/tsconfig/${name}.json`), 'utf8'))
      expect(compilerOptions).toMatchObject({ lib: ['ES2024'], types: [] })
    }
  })

  it.each([
    ['process', 'export const a: unknown = process'],
    ['setTimeout', 'setTimeout(() => undefined, 1)'],
    ['document', 'export const a: unknown = document'],
    ['an import of a layer that is not referenced', `export { lockFolder } from '../store/index.ts'`],
  ])('do not let %s compile in the domain', (_what, source) => {
    plant('src-main/domain/planted.ts', source)
    plant('src-main/store/index.ts', 'export const lockFolder = 1')
    cpSync(join(root, 'build/tsconfig'), join(planted, 'build/tsconfig'), { recursive: true })
    plant('src-main/base/index.ts', 'export const base = 1')
    const compiled = spawnSync(binary('tsc'), ['-b', join(planted, 'build/tsconfig/domain.json')], { encoding: 'utf8' })
    expect(compiled.stdout).toContain('planted.ts')
    expect(compiled.status).not.toBe(0)
  })
})

describe('the lint rules', () => {
  const lint = (file: string, source: string): string => {
    cpSync(join(root, '.oxlintrc.json'), join(planted, '.oxlintrc.json'))
    cpSync(join(root, 'build/lint'), join(planted, 'build/lint'), { recursive: true })
    symlinkSync(join(root, 'node_modules'), join(planted, 'node_modules'))
    plant(file, source)
    return spawnSync(binary('oxlint'), ['--deny-warnings', file], { cwd: planted, encoding: 'utf8' }).stdout
  }

  it.each([
    ['Date.now in the domain', 'src-main/domain/a.ts', 'export const a = Date.now()', 'no-restricted-properties'],
    ['new Date in the engine', 'src-main/engine/a.ts', 'export const a = new Date()', 'no-waiting'],
    ['Math.random in base', 'src-main/base/a.ts', 'export const a = Math.random()', 'no-restricted-properties'],
    ['async in the engine', 'src-main/engine/a.ts', 'export const a = async () => 1', 'no-waiting'],
    ['Date.now in quant', 'src-main/quant/a.ts', 'export const a = Date.now()', 'no-restricted-properties'],
    ['Math.random in quant', 'src-main/quant/numeric/a.ts', 'export const a = Math.random()', 'no-restricted-properties'],
    ['async in quant', 'src-main/quant/a.ts', 'export const a = async () => 1', 'no-waiting'],
    ['a promise in the domain', 'src-main/domain/a.ts', 'export const a = new Promise(() => undefined)', 'no-waiting'],
    ['electron in the runtime', 'src-main/runtime/a.ts', `export { app } from 'electron'`, 'no-restricted-imports'],
    ['any', 'src-main/runtime/a.ts', 'export const a = (b: any) => b', 'no-explicit-any'],
    ['a promise of presence', 'src-main/runtime/a.ts', 'export const a = (b: string | undefined) => b!.length', 'no-non-null-assertion'],
  ])('find %s', (_what, file, source, rule) => {
    expect(lint(file, source)).toContain(rule)
  })

  it('let honest core code pass', () => {
    expect(lint('src-main/engine/a.ts', 'export const a = (b: number): number => b + 1\n')).toContain('and 0 errors')
  })
})

describe('the repository', () => {
  it('has no source named for nothing in particular', () => {
    const files = execFileSync('git', ['ls-files', 'src-main', 'src-preload', 'src-renderer'], { cwd: root, encoding: 'utf8' })
    expect(files).not.toMatch(/\/(utils|helpers|common|misc|manager|types)\.tsx?$/m)
  })
})
