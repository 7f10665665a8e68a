import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeSettings, settingValues, standardSettingsText } from '../../../../src-main/store/settings/index.ts'

const guide = join(import.meta.dirname, '../../../../docs/guides/settings.md')

describe('the guide to the settings', () => {
  it('is what the schema says', () => {
    expect(readFileSync(guide, 'utf8')).toBe(describeSettings())
  })

  it('explains every value', () => {
    const sections = new Map(describeSettings().split('\n## ').map((text) => [text.split('\n')[0], text.split('\n')]))
    for (const { path, description } of settingValues) {
      const [group, name] = [path.split('.').slice(0, -1).join('.'), path.split('.').at(-1)]
      const rows = sections.get(group === '' ? 'The whole file' : group) ?? []
      expect(rows.filter((row) => row.startsWith(`| \`${name}\` |`) && row.endsWith(`| ${description} |`)), path).toHaveLength(1)
    }
  })
})

describe('the file as it is made', () => {
  it('has every value with its sentence, in the order of the schema', () => {
    const text = standardSettingsText()
    let from = 0
    for (const { path, description } of settingValues) {
      const [sentence, name] = [text.indexOf(description, from), text.indexOf(`${path.split('.').at(-1)}:`, from)]
      expect([sentence, name].every((at) => at >= from), path).toBe(true)
      from = Math.min(sentence, name)
    }
  })

  it('is narrow enough to be read', () => {
    expect(Math.max(...standardSettingsText().split('\n').map(({ length }) => length))).toBeLessThanOrEqual(130)
  })
})
