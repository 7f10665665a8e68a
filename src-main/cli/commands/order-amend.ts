import { defineCommand } from '../command.ts'
import { askForOrder } from '../trading/ask-for-order.ts'
import { instrumentOf, orderIdOf, readTyped, stepsOf } from '../trading/order-wishes.ts'
import { printAnswerLines } from '../trading/print-answer.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { clientKeyFlag, limitPriceFlag, lotsFlag, triggerFlag } from '../trading/trading-flags.ts'
import { answerOutput } from '../trading/trading-words.ts'
import { badInput, refuse } from '../trouble.ts'

export const orderAmend = defineCommand({
  name: 'order amend',
  summary: 'cli.order-amend.summary',
  argument: 'ORDER',
  flags: { qty: lotsFlag, price: limitPriceFlag, stop: triggerFlag, 'client-key': clientKeyFlag },
  output: answerOutput,
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast order amend 0f3a5c7e9b1d0f3a5c7e9b1d00000001 --price 60100', 'ballast order amend 0f3a5c7e9b1d0f3a5c7e9b1d00000001 --qty 0.02 --json'],
  async run(context, { flags: { qty, price, stop, 'client-key': key }, argument }) {
    const id = readTyped(() => orderIdOf(context, 'order amend', argument))
    if (!id.ok) return id
    if (qty === undefined && price === undefined && stop === undefined) {
      return refuse(badInput('trading.nothing-to-change', context.speech.say('cli.error.nothing-to-change')))
    }
    // The grid of the order's instrument says what the numbers are.
    const found = await withTradeLine(context, (line) => line.ask('trading.order', { order: id.value }))
    if (!found.ok) return found
    const { instrument } = found.value.order
    return askForOrder(context, key, (reading) => {
      const { tick, lot } = instrumentOf(reading, instrument)
      return {
        name: 'trading.amend',
        wish: {
          order: id.value,
          ...(qty === undefined ? {} : { lots: stepsOf(reading, '--qty', qty, lot) }),
          ...(price === undefined ? {} : { limit: stepsOf(reading, '--price', price, tick) }),
          ...(stop === undefined ? {} : { trigger: stepsOf(reading, '--stop', stop, tick) }),
        },
      }
    })
  },
  print: printAnswerLines,
})
