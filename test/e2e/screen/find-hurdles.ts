import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeFinding {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds serious or critical about the page as it is, in words. Contrast has a check of its own that sees stripes. */
export async function findHurdles(page: Page, within = 'body'): Promise<readonly string[]> {
  await page.evaluate(axe)
  const findings = await page.evaluate(async (place) => {
    const { axe: runner } = window as unknown as {
      readonly axe: { run(place: string, options: object): Promise<{ violations: AxeFinding[] }> }
    }
    return (await runner.run(place, { rules: { 'color-contrast': { enabled: false } } })).violations
  }, within)
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
