import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { accountOf, readTyped } from '../trading/order-wishes.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { accountFlag } from '../trading/trading-flags.ts'
import { decimalsOf } from '../trading/trading-words.ts'

const decimal = z.string().nullable()
const output = z.strictObject({
  reportingAsset: z.string(),
  balances: z.array(z.strictObject({ account: z.string(), asset: z.string(), total: z.string(), free: decimal, reserved: decimal, worth: decimal })),
})

export const balances = defineCommand({
  name: 'balances',
  summary: 'cli.balances.summary',
  flags: { account: accountFlag },
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast balances', 'ballast balances --account paper --json'],
  run: (context, { flags }) =>
    withTradeLine(context, async (line) => {
      const account = readTyped(() => (flags.account === undefined ? undefined : accountOf({ context, line }, flags.account)))
      if (!account.ok) return account
      const told = await line.look('trading.balances', account.value === undefined ? {} : { account: account.value })
      if (!told.ok) return told
      const { money } = decimalsOf(line)
      const { reportingAsset } = line.setup
      const rows = told.value.balances.map((held) => {
        const orNull = (asset: string, amount: number | null): string | null => (amount === null ? null : money(asset, amount))
        const { asset } = held
        return {
          account: held.account, asset, total: money(asset, held.total), free: orNull(asset, held.free), reserved: orNull(asset, held.reserved),
          worth: orNull(reportingAsset, held.worth),
        }
      })
      return { ok: true, value: { reportingAsset, balances: rows } }
    }),
  print({ balances: rows }, { speech }) {
    if (rows.length === 0) return [speech.say('cli.balances.none')]
    const head = [
      speech.say('cli.balances.column.account'), speech.say('cli.balances.column.asset'), speech.say('cli.balances.column.total'),
      speech.say('cli.balances.column.free'), speech.say('cli.balances.column.reserved'),
    ]
    return alignRows([head, ...rows.map(({ account, asset, total, free, reserved }) => [account, asset, total, free ?? '—', reserved ?? '—'])])
  },
})
