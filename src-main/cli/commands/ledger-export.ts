import { randomUUID } from 'node:crypto'
import { link, open, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import type { Contract, LedgerLine, OutputOf } from '../../../src-preload/contract/index.ts'
import { callerPath } from '../books/caller-path.ts'
import { defineCommand, valueFlag, type CommandContext } from '../command.ts'
import { forceFlag, fromFlag, toFlag } from '../market/market-flags.ts'
import { alignRows } from '../terminal-style.ts'
import { accountOf, readTyped } from '../trading/order-wishes.ts'
import { withTradeLine, type Told, type TradeLine } from '../trading/trade-line.ts'
import { accountFlag, rowsFlag } from '../trading/trading-flags.ts'
import { decimalsOf, type Decimals } from '../trading/trading-words.ts'
import { badInput, notPossible, refuse } from '../trouble.ts'

const row = z.strictObject({
  entry: z.int(), at: z.int(), account: z.string(), asset: z.string(), book: z.string(), amount: z.string(), balance: z.string(), reason: z.string(),
  instrument: z.string().nullable(), order: z.string().nullable(),
})
type Row = z.output<typeof row>
const output = z.strictObject({ rows: z.int(), file: z.string().nullable(), lines: z.array(row).nullable() })
const columns = ['entry', 'at', 'account', 'asset', 'book', 'amount', 'balance', 'reason', 'instrument', 'order'] as const satisfies readonly (keyof Row)[]

const pageRows = 1_000
const heldMax = 100_000

export const ledgerExport = defineCommand({
  name: 'ledger export',
  summary: 'cli.ledger-export.summary',
  flags: {
    account: accountFlag, from: fromFlag, to: toFlag, limit: rowsFlag, force: forceFlag,
    out: valueFlag({ placeholder: 'FILE', description: 'cli.flag.ledger-out', expected: 'cli.expected.csv-file', schema: z.string().regex(/.\.csv$/i) }),
  },
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast ledger export --out ledger.csv', 'ballast ledger export --from 2025-01-01 --json'],
  run: (context, { flags }) =>
    withTradeLine(context, async (line): Promise<Told<z.output<typeof output>>> => {
      const account = readTyped(() => (flags.account === undefined ? undefined : accountOf({ context, line }, flags.account)))
      if (!account.ok) return account
      const wish: Wish = { account: account.value, since: flags.from, until: flags.to, limit: flags.limit ?? (flags.out === undefined ? heldMax : Number.POSITIVE_INFINITY) }
      if (flags.out !== undefined) return writeRows(context, callerPath(context, flags.out), flags.force, pagesOf(line, wish))
      const lines: Row[] = []
      for await (const page of pagesOf(line, wish)) {
        if (!page.ok) return page
        lines.push(...page.value)
      }
      return { ok: true, value: { rows: lines.length, file: null, lines } }
    }),
  print({ rows, file, lines }, { speech }) {
    if (file !== null) return [speech.say('cli.ledger.written', { file, count: rows })]
    if (lines === null || lines.length === 0) return [speech.say('cli.ledger.none')]
    return alignRows(lines.map(({ at, account, book, reason, amount, asset }) => [new Date(at).toISOString(), account, book, amount, asset, reason]))
  },
})

interface Wish {
  readonly account: string | undefined
  readonly since: number | undefined
  readonly until: number | undefined
  readonly limit: number
}

/** All lines, oldest first, a page at a time. */
async function* pagesOf(line: TradeLine, { account, since, until, limit }: Wish): AsyncGenerator<Told<readonly Row[]>, void, undefined> {
  const decimals = decimalsOf(line)
  let cursor: string | null = null
  let left = limit
  do {
    const told: Told<OutputOf<Contract['trading.ledger']>> = await line.ask('trading.ledger', {
      limit: Math.min(pageRows, left), direction: 'oldest-first',
      ...(account === undefined ? {} : { account }), ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }),
      ...(cursor === null ? {} : { cursor }),
    })
    if (!told.ok) return yield told
    yield { ok: true, value: told.value.rows.map((each: LedgerLine) => spokenLine(decimals, each)) }
    left -= told.value.rows.length
    cursor = told.value.next
  } while (cursor !== null && left > 0)
}

const spokenLine = ({ money }: Decimals, { asset, amount, balance, ...line }: LedgerLine): Row => ({ ...line, asset, amount: money(asset, amount), balance: money(asset, balance) })

const cell = (value: string | number | null): string => {
  const text = value === null ? '' : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Beside its place until it is whole: an export that fails leaves what was there as it was. */
async function writeRows(
  { speech }: CommandContext, file: string, mayReplace: boolean, pages: AsyncIterable<Told<readonly Row[]>>,
): Promise<Told<z.output<typeof output>>> {
  const part = `${file}.${randomUUID()}.part`
  try {
    const written = await writePart(part, pages)
    if (!written.ok) return written
    if (mayReplace) await rename(part, file)
    // A link is refused where something has the name already, whoever came first.
    else await link(part, file)
    return { ok: true, value: { rows: written.value, file, lines: null } }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // Anything else is a bug, and not a file that cannot be written.
    if (code === undefined) throw error
    if (code === 'EEXIST') return refuse(badInput('cli.out-exists', speech.say('cli.error.ledger-exists', { file })))
    return refuse(notPossible('cli.out-unwritable', speech.say('cli.error.out-unwritable', { file, code }), 'fault'))
  } finally {
    await rm(part, { force: true })
  }
}

async function writePart(part: string, pages: AsyncIterable<Told<readonly Row[]>>): Promise<Told<number>> {
  const handle = await open(part, 'wx')
  let rows = 0
  try {
    await handle.write(`${columns.join(',')}\n`)
    for await (const page of pages) {
      if (!page.ok) return page
      rows += page.value.length
      await handle.write(page.value.map((each) => `${columns.map((column) => cell(each[column])).join(',')}\n`).join(''))
    }
    return { ok: true, value: rows }
  } finally {
    await handle.close()
  }
}
