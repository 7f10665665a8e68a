import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { alignRows } from '../terminal-style.ts'
import { accountOf, instrumentOf, readTyped } from '../trading/order-wishes.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { accountFlag } from '../trading/trading-flags.ts'
import { decimalsOf, orderCells, orderHead, orderOutput, spokenOrder } from '../trading/trading-words.ts'

export const orderList = defineCommand({
  name: 'order list',
  summary: 'cli.order-list.summary',
  flags: { instrument: instrumentFlag, account: accountFlag },
  output: z.strictObject({ orders: z.array(orderOutput) }),
  exitCodes: [0, 2, 3],
  examples: ['ballast order list', 'ballast order list --instrument BTC/USD --json'],
  run: (context, { flags }) =>
    withTradeLine(context, async (line) => {
      const asked = readTyped(() => ({
        instrument: flags.instrument === undefined ? undefined : instrumentOf({ context, line }, flags.instrument).id,
        account: flags.account === undefined ? undefined : accountOf({ context, line }, flags.account),
      }))
      if (!asked.ok) return asked
      const { instrument, account } = asked.value
      const told = await line.look('trading.orders', account === undefined ? {} : { account })
      if (!told.ok) return told
      const decimals = decimalsOf(line)
      const open = told.value.orders.filter((order) => order.endedAt === null && (instrument === undefined || order.instrument === instrument))
      return { ok: true, value: { orders: open.map((order) => spokenOrder(decimals, order)) } }
    }),
  print: ({ orders }, print) =>
    (orders.length === 0 ? [print.speech.say('cli.order.none')] : alignRows([orderHead(print), ...orders.map((order) => orderCells(print, order))])),
})
