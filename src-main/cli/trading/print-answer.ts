import type { Printing } from '../command.ts'
import { alignRows } from '../terminal-style.ts'
import { orderCells, orderHead, type SpokenAnswer } from './trading-words.ts'

/** What a command about orders says to people: why not, or what stands now. */
export function printAnswerLines({ verdict, orders, isRepeat }: SpokenAnswer, print: Printing): readonly string[] {
  const { speech, style } = print
  return [
    ...(isRepeat ? [speech.say('cli.order.repeat')] : []),
    ...(verdict.message === null ? [] : [style.bad(verdict.message)]),
    ...(orders.length === 0 ? [] : alignRows([orderHead(print), ...orders.map((order) => orderCells(print, order))])),
  ]
}
