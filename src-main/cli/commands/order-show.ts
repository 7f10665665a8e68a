import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { printTime } from '../engine-words.ts'
import { alignRows } from '../terminal-style.ts'
import { orderIdOf, readTyped } from '../trading/order-wishes.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { decimalsOf, fillOutput, orderCells, orderHead, orderOutput, spokenFill, spokenOrder, spokenVerdict, verdictOutput } from '../trading/trading-words.ts'

export const orderShow = defineCommand({
  name: 'order show',
  summary: 'cli.order-show.summary',
  argument: 'ORDER',
  flags: {},
  output: z.strictObject({ order: orderOutput, verdict: verdictOutput, fills: z.array(fillOutput) }),
  exitCodes: [0, 2, 3],
  examples: ['ballast order show 0f3a5c7e9b1d0f3a5c7e9b1d00000001 --json'],
  async run(context, { argument }) {
    const id = readTyped(() => orderIdOf(context, 'order show', argument))
    if (!id.ok) return id
    return withTradeLine(context, async (line) => {
      const told = await line.ask('trading.order', { order: id.value })
      if (!told.ok) return told
      const { order, fills } = told.value
      const decimals = decimalsOf(line)
      const verdict = spokenVerdict(context.speech, decimals, order.refusal === null ? { ok: true } : { ok: false, refusal: order.refusal })
      return { ok: true, value: { order: spokenOrder(decimals, order), verdict, fills: fills.map((fill) => spokenFill(decimals, fill)) } }
    })
  },
  print({ order, verdict, fills }, print) {
    const { speech } = print
    return [
      ...alignRows([orderHead(print), orderCells(print, order)]),
      ...(verdict.message === null ? [] : [verdict.message]),
      ...(order.unknownSince === null ? [] : [speech.say('cli.order.unknown-since', { time: printTime(speech.locale, order.unknownSince) })]),
      ...(order.holds === null ? [] : [speech.say('cli.order.holds', { amount: `${order.holds.amount} ${order.holds.asset}`, quantity: order.holds.quantity })]),
      ...alignRows(fills.map(({ at, quantity, price, fee, feeAsset }) => [printTime(speech.locale, at), quantity, price, `${fee} ${feeAsset}`])),
    ]
  },
})
