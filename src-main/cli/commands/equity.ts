import { z } from 'zod'
import { defineCommand } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { withTradeLine } from '../trading/trade-line.ts'
import { decimalsOf, printRate } from '../trading/trading-words.ts'
import type { PortfolioFigures } from '../../../src-preload/contract/index.ts'
import { notPossible, refuse } from '../trouble.ts'

const decimal = z.string().nullable()
const figures = z.strictObject({
  equity: decimal, unrealised: decimal, realised: decimal, fees: decimal, funding: decimal, gross: decimal, worstGross: decimal,
  /** Fractions; a drawdown is positive. */
  leverage: decimal, drawdown: decimal, dayStart: decimal, dayChange: decimal, marksAt: z.int().nullable(), unvalued: z.array(z.string()),
})
const output = z.strictObject({ at: z.int(), asset: z.string(), total: figures, accounts: z.array(z.strictObject({ account: z.string(), ...figures.shape })) })

export const equity = defineCommand({
  name: 'equity',
  summary: 'cli.equity.summary',
  flags: {},
  output,
  exitCodes: [0, 2, 3],
  examples: ['ballast equity', 'ballast equity --json'],
  run: (context) =>
    withTradeLine(context, async (line) => {
      const told = await line.look('trading.portfolio', {})
      if (!told.ok) return told
      const { at, asset, total, accounts } = told.value
      if (asset === null) return refuse(notPossible('books.closed', context.speech.sayError({ kind: 'refused', code: 'books.closed', retry: 'safe', details: {} })))
      const { money } = decimalsOf(line)
      const spoken = (part: PortfolioFigures): z.output<typeof figures> => {
        const orNull = (amount: number | null): string | null => (amount === null ? null : money(asset, amount))
        const rateOrNull = (rate: number | null): string | null => (rate === null ? null : printRate(rate))
        return {
          equity: orNull(part.equity), unrealised: orNull(part.unrealised), realised: orNull(part.realised), fees: orNull(part.fees), funding: orNull(part.funding),
          gross: orNull(part.gross), worstGross: orNull(part.worstGross), leverage: rateOrNull(part.leverage), drawdown: rateOrNull(part.drawdown),
          dayStart: orNull(part.dayStart), dayChange: orNull(part.dayChange), marksAt: part.marksAt, unvalued: part.unvalued,
        }
      }
      return { ok: true, value: { at, asset, total: spoken(total), accounts: accounts.map(({ account, ...part }) => ({ account, ...spoken(part) })) } }
    }),
  print({ asset, total, accounts }, { speech }) {
    const money = (amount: string | null): string => (amount === null ? '—' : `${amount} ${asset}`)
    const rows = (part: z.output<typeof figures>): readonly (readonly string[])[] => [
      [speech.say('cli.equity.equity'), money(part.equity)],
      [speech.say('cli.equity.day'), money(part.dayChange)],
      [speech.say('cli.equity.unrealised'), money(part.unrealised)],
      [speech.say('cli.equity.realised'), money(part.realised)],
      [speech.say('cli.equity.fees'), money(part.fees)],
      [speech.say('cli.equity.funding'), money(part.funding)],
      [speech.say('cli.equity.drawdown'), part.drawdown ?? '—'],
      ...(part.unvalued.length === 0 ? [] : [[speech.say('cli.equity.unvalued'), part.unvalued.join(', ')]]),
    ]
    if (accounts.length < 2) return alignRows(rows(total))
    return [...alignRows(rows(total)), ...accounts.flatMap(({ account, ...part }) => ['', account, ...alignRows(rows(part), '  ')])]
  },
})
