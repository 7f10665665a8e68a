import { defineCommand } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { askForOrder } from '../trading/ask-for-order.ts'
import { wishesOf } from '../trading/order-wishes.ts'
import { printAnswerLines } from '../trading/print-answer.ts'
import {
  accountFlag, cashFlag, clientKeyFlag, equityPartFlag, expiresFlag, limitPriceFlag, postOnlyFlag, qtyFlag, reduceOnlyFlag, riskFlag, sideFlag, stopLossFlag,
  takeProfitFlag, tifFlag, trailFlag, triggerFlag, typeFlag,
} from '../trading/trading-flags.ts'
import { answerOutput } from '../trading/trading-words.ts'

export const orderPlace = defineCommand({
  name: 'order place',
  summary: 'cli.order-place.summary',
  flags: {
    instrument: instrumentFlag, side: sideFlag, type: typeFlag, qty: qtyFlag, cash: cashFlag, risk: riskFlag, 'equity-part': equityPartFlag,
    price: limitPriceFlag, stop: triggerFlag, trail: trailFlag, tif: tifFlag, expires: expiresFlag, 'post-only': postOnlyFlag, 'reduce-only': reduceOnlyFlag,
    'take-profit': takeProfitFlag, 'stop-loss': stopLossFlag, account: accountFlag, 'client-key': clientKeyFlag,
  },
  output: answerOutput,
  exitCodes: [0, 1, 2, 3],
  examples: [
    'ballast order place --instrument BTC/USD --side buy --qty 0.01 --price 60000',
    'ballast order place --instrument BTC/USD --side buy --cash 500 --client-key monday-1 --json',
    'ballast order place --instrument BTC/USD:PERP --side buy --risk 0.5% --price 60000 --stop-loss 58000 --take-profit 64000',
  ],
  run: (context, { flags }) => askForOrder(context, flags['client-key'], (reading) => {
    const [entry, ...legs] = wishesOf(reading, flags)
    if (legs.length === 0) return { name: 'trading.place', wish: { order: entry } }
    return { name: 'trading.place-group', wish: { group: 'bracket', orders: [entry, ...legs] } }
  }),
  print: printAnswerLines,
})
