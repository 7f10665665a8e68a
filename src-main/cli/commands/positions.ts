import { z } from 'zod'
import { quoteStates } from '../../../src-preload/contract/index.ts'
import { defineCommand } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { accountOf, readTyped } from '../trading/order-wishes.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { accountFlag } from '../trading/trading-flags.ts'
import { decimalsOf } from '../trading/trading-words.ts'

const decimal = z.string().nullable()
const output = z.strictObject({
  positions: z.array(z.strictObject({
    account: z.string(), instrument: z.string(), positionSide: z.enum(['net', 'long', 'short']), quantity: z.string(), asset: z.string(),
    averagePrice: decimal, mark: decimal, markAt: z.int().nullable(), markState: z.enum(quoteStates).nullable(),
    /** Null while there is no price; never zero for want of one. */
    unrealised: decimal, realised: z.string(), worth: decimal, liquidationPrice: decimal, worstLong: z.string(), worstShort: z.string(),
  })),
})

export const positions = defineCommand({
  name: 'positions',
  summary: 'cli.positions.summary',
  flags: { account: accountFlag },
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast positions', 'ballast positions --json'],
  run: (context, { flags }) =>
    withTradeLine(context, async (line) => {
      const account = readTyped(() => (flags.account === undefined ? undefined : accountOf({ context, line }, flags.account)))
      if (!account.ok) return account
      const told = await line.look('trading.positions', account.value === undefined ? {} : { account: account.value })
      if (!told.ok) return told
      const { price, size, money } = decimalsOf(line)
      const open = told.value.positions.filter(({ lots }) => lots !== 0)
      const rows = open.map((held) => {
        const { instrument, asset, mark } = held
        const orNull = (amount: number | null): string | null => (amount === null ? null : money(asset, amount))
        return {
          account: held.account, instrument, positionSide: held.positionSide, quantity: size(instrument, held.lots), asset, averagePrice: held.averagePrice,
          mark: mark === null ? null : price(instrument, mark.price), markAt: mark?.at ?? null, markState: mark?.state ?? null,
          unrealised: orNull(held.unrealised), realised: money(asset, held.realised), worth: orNull(held.worth),
          liquidationPrice: held.liquidationPrice === null ? null : price(instrument, held.liquidationPrice),
          worstLong: size(instrument, held.worstLong), worstShort: size(instrument, held.worstShort),
        }
      })
      return { ok: true, value: { positions: rows } }
    }),
  print({ positions: rows }, { speech }) {
    if (rows.length === 0) return [speech.say('cli.positions.none')]
    const head = [
      speech.say('cli.market.column.instrument'), speech.say('cli.positions.column.quantity'), speech.say('cli.positions.column.average'),
      speech.say('cli.positions.column.mark'), speech.say('cli.positions.column.unrealised'), speech.say('cli.positions.column.realised'),
    ]
    return alignRows([head, ...rows.map((row) => [
      row.instrument, row.quantity, row.averagePrice ?? '—', row.mark ?? '—', row.unrealised === null ? '—' : `${row.unrealised} ${row.asset}`, `${row.realised} ${row.asset}`,
    ])])
  },
})
