import { defineCommand } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { askForOrder } from '../trading/ask-for-order.ts'
import { accountOf, instrumentOf, needed } from '../trading/order-wishes.ts'
import { printAnswerLines } from '../trading/print-answer.ts'
import { accountFlag, clientKeyFlag } from '../trading/trading-flags.ts'
import { answerOutput } from '../trading/trading-words.ts'

export const orderClose = defineCommand({
  name: 'order close',
  summary: 'cli.order-close.summary',
  flags: { instrument: instrumentFlag, account: accountFlag, 'client-key': clientKeyFlag },
  output: answerOutput,
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast order close --instrument BTC/USD:PERP'],
  run: (context, { flags }) =>
    askForOrder(context, flags['client-key'], (reading) => ({
      name: 'trading.close',
      wish: { instrument: instrumentOf(reading, needed(context, 'order close', 'instrument', flags.instrument)).id, account: accountOf(reading, flags.account) },
    })),
  print: printAnswerLines,
})
