import { defineCommand } from '../command.ts'
import { askForOrder } from '../trading/ask-for-order.ts'
import { orderIdOf, readTyped } from '../trading/order-wishes.ts'
import { printAnswerLines } from '../trading/print-answer.ts'
import { clientKeyFlag } from '../trading/trading-flags.ts'
import { answerOutput } from '../trading/trading-words.ts'

export const orderCancel = defineCommand({
  name: 'order cancel',
  summary: 'cli.order-cancel.summary',
  argument: 'ORDER',
  flags: { 'client-key': clientKeyFlag },
  output: answerOutput,
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast order cancel 0f3a5c7e9b1d0f3a5c7e9b1d00000001'],
  async run(context, { flags, argument }) {
    const id = readTyped(() => orderIdOf(context, 'order cancel', argument))
    return id.ok ? askForOrder(context, flags['client-key'], () => ({ name: 'trading.cancel', wish: { order: id.value } })) : id
  },
  print: printAnswerLines,
})
