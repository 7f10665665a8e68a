import { defineCommand, switchFlag } from '../command.ts'
import { instrumentFlag } from '../market/market-flags.ts'
import { askForOrder } from '../trading/ask-for-order.ts'
import { accountOf, instrumentOf } from '../trading/order-wishes.ts'
import { printAnswerLines } from '../trading/print-answer.ts'
import { accountFlag, clientKeyFlag, sideFlag } from '../trading/trading-flags.ts'
import { answerOutput } from '../trading/trading-words.ts'

export const orderCancelAll = defineCommand({
  name: 'order cancel-all',
  summary: 'cli.order-cancel-all.summary',
  flags: { instrument: instrumentFlag, side: sideFlag, account: accountFlag, 'include-external': switchFlag('cli.flag.include-external'), 'client-key': clientKeyFlag },
  output: answerOutput,
  exitCodes: [0, 1, 2, 3],
  examples: ['ballast order cancel-all', 'ballast order cancel-all --instrument BTC/USD --side buy --json'],
  run: (context, { flags: { instrument, side, account, 'include-external': includeExternal, 'client-key': key } }) =>
    askForOrder(context, key, (reading) => ({
      name: 'trading.cancel-all',
      wish: {
        ...(instrument === undefined ? {} : { instrument: instrumentOf(reading, instrument).id }),
        ...(side === undefined ? {} : { side }),
        ...(account === undefined ? {} : { account: accountOf(reading, account) }),
        ...(includeExternal ? { includeExternal } : {}),
      },
    })),
  print: printAnswerLines,
})
