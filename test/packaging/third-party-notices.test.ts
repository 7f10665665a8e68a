import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importedPackages, shippedPackages } from '../../build/packaging/shipped-packages.ts'
import { MissingLicence, thirdPartyNotices } from '../../build/packaging/third-party-notices.ts'

const root = join(import.meta.dirname, '../..')

describe('the packages a source imports', () => {
  it.each([
    ["import { create } from 'zustand'", ['zustand']],
    ["import {\n  one,\n  two,\n} from '@scope/name/deep/file.js'", ['@scope/name']],
    ["import 'dockview-core/dist/styles/dockview.css'", ['dockview-core']],
    ["export { z } from 'zod'", ['zod']],
    ["const ws = await import('ws')", ['ws']],
    ["import a from 'one'; import b from 'two'", ['one', 'two']],
    ["import React, { useState } from 'react'\nimport { jsx } from 'react/jsx-runtime'", ['react']],
  ])('are found in %j', (source, names) => {
    expect(importedPackages(source)).toEqual(names)
  })

  it.each([
    "import type { Bar } from 'lightweight-charts'",
    "export type { Bar } from 'lightweight-charts'",
    "import { fail } from '../base/result.ts'",
    "import { join } from 'node:path'",
    "import { readFileSync } from 'fs'",
    "import { app } from 'electron'",
    "const text = 'imported from the venue'",
  ])('do not include what %j names', (source) => {
    expect(importedPackages(source)).toEqual([])
  })
})

describe('the notices', () => {
  let project: string
  const write = (path: string, content: string): void => {
    mkdirSync(dirname(join(project, path)), { recursive: true })
    writeFileSync(join(project, path), content)
  }
  const install = (path: string, manifest: object, licence?: string): void => {
    write(`${path}/package.json`, JSON.stringify({ version: '1.0.0', license: 'MIT', ...manifest }))
    if (licence !== undefined) write(`${path}/LICENSE`, licence)
  }

  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'ballast-notices-'))
    const root = { dependencies: { production: '1.0.0' }, optionalDependencies: { 'node-anywhere': '1.0.0' } }
    write('package.json', JSON.stringify(root))
    write('src-renderer/panel.tsx', "import { part } from 'bundled/part'\n")
    install('node_modules/production', { name: 'production', dependencies: { shared: '1' } }, 'Terms of production')
    const optionalDependencies = { 'for-this-system': '1', 'for-another': '1' }
    install('node_modules/bundled', { name: 'bundled', dependencies: { shared: '2' }, optionalDependencies }, 'Terms of bundled')
    install('node_modules/shared', { name: 'shared' }, 'Terms of shared')
    install('node_modules/bundled/node_modules/shared', { name: 'shared', version: '2.0.0' }, 'Terms of shared')
    install('node_modules/for-this-system', { name: 'for-this-system' }, 'Terms for this system')
    install('node_modules/node-anywhere', { name: 'node-anywhere' }, 'Terms of Node')
    install('node_modules/a-tool', { name: 'a-tool' }, 'Terms of a tool')
  })

  afterEach(() => rmSync(project, { recursive: true }))

  it('cover production packages, bundled ones and what both depend on, and no tools', () => {
    const titles = shippedPackages(project).map(({ name, version }) => `${name} ${version}`)
    expect(titles).toEqual(['bundled 1.0.0', 'for-this-system 1.0.0', 'production 1.0.0', 'shared 1.0.0', 'shared 2.0.0'])
  })

  it('give a text that several packages share once, under all their names', () => {
    const notices = thirdPartyNotices(project)
    expect(notices.split('Terms of shared').length - 1).toBe(1)
    expect(notices).toContain('shared 1.0.0 (MIT)\nshared 2.0.0 (MIT)\n\nTerms of shared')
    expect(notices).not.toContain('Terms of a tool')
    expect(notices).not.toContain('Terms of Node')
  })

  it('cannot be made while a package gives no licence', () => {
    rmSync(join(project, 'node_modules/bundled/LICENSE'))
    expect(() => thirdPartyNotices(project)).toThrow(MissingLicence)
    expect(() => thirdPartyNotices(project)).toThrow('bundled 1.0.0 (MIT) has no licence file')
  })

  it('supply the text for a package that only names its licence, as long as it names the same', () => {
    write('src-main/index.ts', "import 'react-remove-scroll-bar'\n")
    install('node_modules/react-remove-scroll-bar', { name: 'react-remove-scroll-bar' })
    const supplied = 'react-remove-scroll-bar 1.0.0 (MIT)\n\nCopyright (c) Anton Korzunov\n\nPermission is hereby granted'
    expect(thirdPartyNotices(project)).toContain(supplied)
    install('node_modules/react-remove-scroll-bar', { name: 'react-remove-scroll-bar', license: 'GPL-3.0' })
    expect(() => thirdPartyNotices(project)).toThrow(MissingLicence)
  })

  it('cannot be made while a package is missing', () => {
    write('src-main/index.ts', "import { absent } from 'absent'\n")
    expect(() => thirdPartyNotices(project)).toThrow('absent')
  })

  it('include the fonts, and insist on their licences', () => {
    write('src-renderer/theme/fonts/inter.woff2', '')
    expect(() => thirdPartyNotices(project)).toThrow(MissingLicence)
    write('src-renderer/theme/fonts/LICENSE-Inter.txt', 'Terms of Inter')
    expect(thirdPartyNotices(project)).toContain('The font Inter\n\nTerms of Inter')
  })
})

describe('the notices of this repository', () => {
  it('can be made, and name every production package and everything the sources import', () => {
    const notices = thirdPartyNotices(root)
    // Our own package.json.
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>
    }
    for (const [name, range] of Object.entries(dependencies)) {
      const real = /^npm:(.+)@/.exec(range)?.[1] ?? name
      expect(notices).toMatch(new RegExp(`^${real} \\d`, 'm'))
    }
    expect(notices).toContain('Ulrich Telle')
    if (existsSync(join(root, 'src-renderer/theme/fonts/LICENSE-Inter.txt'))) expect(notices).toContain('SIL OPEN FONT LICENSE')
  })
})
