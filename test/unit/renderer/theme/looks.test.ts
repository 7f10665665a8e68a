import { describe, expect, it } from 'vitest'
import { applyLooks } from '../../../../src-renderer/theme/apply-looks.ts'

/** A page that counts what is written to it; only what `applyLooks` touches. */
function createPage() {
  const written: string[] = []
  const noting = <Target extends object>(target: Target): Target => new Proxy(target, {
    set(held, key, value) {
      written.push(`${String(key)}=${String(value)}`)
      return Reflect.set(held, key, value)
    },
  })
  const root = noting({ dataset: noting<Record<string, string>>({}), lang: 'en' })
  return { written, page: { documentElement: root, querySelector: () => null } as unknown as Document }
}

describe('the looks of the page', () => {
  it('are written only where they are others, however often they are applied', () => {
    const { written, page } = createPage()
    applyLooks(page, { theme: 'dark', palette: 'default', language: 'fr' }, false)
    expect(written).toEqual(['theme=dark', 'palette=default', 'lang=fr'])
    applyLooks(page, { theme: 'dark', palette: 'default', language: 'fr' }, false)
    applyLooks(page, { theme: 'system', palette: 'default', language: 'fr' }, true)
    expect(written.slice(3)).toEqual(['theme=light'])
  })
})
