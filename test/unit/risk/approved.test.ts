import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')

/** Each of these must be refused by the compiler. */
const refused = [
  'send(order)', 'send({ value: order })', 'send({ ...approved })', 'send({ ...approved, value: order })',
  'send(order as Approved<PlaceableOrder>)', 'send({ value: order } satisfies Approved<PlaceableOrder>)',
  'send(Object.assign({ value: order }, { mark: true }))', 'approved.value = order', 'approve(order)', 'new Approval(order)', 'sendAmend(approved)',
  'send(reviewPlace(proposal, view, limits, tradable))',
] as const

/** And each of these must compile, or the list above would prove nothing. */
const accepted = ['send(approved)', 'ensureApproved(approved).order', 'sendReviewed(reviewPlace(proposal, view, limits, tradable))'] as const

const compile = (folder: string): string => {
  const file = join(folder, 'snippets.ts')
  const face = JSON.stringify(join(root, 'src-main/risk/index.ts'))
  const domain = JSON.stringify(join(root, 'src-main/domain/index.ts'))
  const base = JSON.stringify(join(root, 'src-main/base/index.ts'))
  const header = [
    `import { ensureApproved, reviewPlace } from ${face}`,
    `import type { Approved, PlaceableAmend, PlaceableOrder, ProposedOrder, ReviewLimits, RiskView } from ${face}`,
    `import type { Refusal, Tradable } from ${domain}; import type { Result } from ${base}`,
    'declare const send: (order: Approved<PlaceableOrder>) => void; declare const sendAmend: (amend: Approved<PlaceableAmend>) => void; declare const order: PlaceableOrder',
    'declare const approved: Approved<PlaceableOrder>; declare const sendReviewed: (verdict: Result<Approved<PlaceableOrder>, Refusal>) => void',
    'declare const proposal: ProposedOrder; declare const view: RiskView; declare const limits: ReviewLimits; declare const tradable: Tradable',
  ]
  writeFileSync(file, [...header, ...refused.map((line) => `;(${line});`), ...accepted.map((line) => `;(${line});`)].join('\n'))
  const options = ['--noEmit', '--strict', '--allowImportingTsExtensions', '--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck']
  const compiler = join(root, 'node_modules/typescript/lib/tsc.js')
  return spawnSync(process.execPath, [compiler, ...options, '--target', 'es2024', '--types', '', file], { encoding: 'utf8', cwd: folder }).stdout
}

describe('to the compiler, an approval', () => {
  const linesBefore = 6
  let linesWithErrors = new Set<number>()
  let output = ''
  const folder = mkdtempSync(join(tmpdir(), 'ballast-approved-'))

  beforeAll(() => {
    output = compile(folder)
    linesWithErrors = new Set([...output.matchAll(/snippets\.ts\((\d+),/g)].map((match) => Number(match[1])))
  }, 60_000)

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(refused.map((line, at) => [line, at] as const))('cannot be made by %s', (_line, at) => {
    expect(linesWithErrors).toContain(linesBefore + 1 + at)
  })

  it('is taken where it comes from the review', () => {
    const after = [...linesWithErrors].filter((line) => line <= linesBefore || line > linesBefore + refused.length)
    expect(after, output).toEqual([])
  })
})
