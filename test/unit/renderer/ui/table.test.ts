import fc from 'fast-check'
import { parquetReadObjects } from 'hyparquet'
import { describe, expect, it } from 'vitest'
import { parseTableChoices, printTableChoices } from '../../../../src-renderer/stores/table-choices.ts'
import { arrangeRows, facetValues, linesOf } from '../../../../src-renderer/ui/table/arrange-rows.ts'
import { stableOrder } from '../../../../src-renderer/ui/table/stable-order.ts'
import { goneRows, steadyRows, waitingRows } from '../../../../src-renderer/ui/table/steady-rows.ts'
import { movedColumn, orderedColumns, shownColumns, type TableChoices, type TableColumn } from '../../../../src-renderer/ui/table/table-column.ts'
import { printCsv, printJson, printTable } from '../../../../src-renderer/ui/table/table-file.ts'
import { scrollToSee, visibleLines } from '../../../../src-renderer/ui/table/visible-lines.ts'

interface Row {
  readonly id: string
  readonly size: number | null
  readonly side: 'buy' | 'sell'
}

const columns: readonly TableColumn<Row>[] = [
  { id: 'id', title: 'Id', width: 40, sortBy: ({ id }) => id, print: ({ id }) => id, plain: ({ id }) => id },
  { id: 'size', title: 'Size', width: 40, isFigure: true, sortBy: ({ size }) => size, print: ({ size }) => String(size ?? '–'), plain: ({ size }) => size },
  { id: 'side', title: 'Side', width: 40, isFacet: true, sortBy: ({ side }) => side, print: ({ side }) => side, plain: ({ side }) => side },
]
const sideColumn: TableColumn<Row> = { id: 'side', title: 'Side', width: 40, isFacet: true, sortBy: ({ side }) => side, print: ({ side }) => side, plain: ({ side }) => side }
const first: TableChoices = { sortedBy: 'id', direction: 'ascending', order: [], hidden: [], groupedBy: undefined, facets: {} }
const row = (id: string, size: number | null, side: Row['side'] = 'buy'): Row => ({ id, size, side })
const searched = ({ id, side }: Row): string => `${id} ${side}`.toLowerCase()
const arranged = (rows: readonly Row[], choices: Partial<TableChoices>, query = ''): readonly string[] =>
  arrangeRows(rows, { columns, choices: { ...first, ...choices }, query, searched }).map(({ id }) => id)

describe('the rows of a table', () => {
  const rows = [row('b', 2), row('a10', null, 'sell'), row('a9', 7), row('c', -3, 'sell')]

  it('are sorted by text as a person counts, and by figures as they are worth', () => {
    expect(arranged(rows, {})).toEqual(['a9', 'a10', 'b', 'c'])
    expect(arranged(rows, { sortedBy: 'size', direction: 'descending' })).toEqual(['a9', 'b', 'c', 'a10'])
  })

  it('keep what has no figure at their end, whichever way they are sorted', () => {
    expect(arranged(rows, { sortedBy: 'size', direction: 'ascending' }).at(-1)).toBe('a10')
    expect(arranged(rows, { sortedBy: 'size', direction: 'descending' }).at(-1)).toBe('a10')
  })

  it('are left as they came where they are sorted by nothing that there is', () => {
    expect(arranged(rows, { sortedBy: 'gone' })).toEqual(['b', 'a10', 'a9', 'c'])
  })

  it('stay where every word of what is searched for is in them', () => {
    expect(arranged(rows, {}, ' SELL  a ')).toEqual(['a10'])
    expect(arranged(rows, {}, 'sell nothing')).toEqual([])
  })

  it('are narrowed to what was chosen, and put together under a line that counts them', () => {
    expect(arranged(rows, { facets: { side: 'sell' } })).toEqual(['a10', 'c'])
    const together = arrangeRows(rows, { columns, choices: { ...first, groupedBy: 'side' }, query: '', searched })
    expect(linesOf(together, sideColumn).map((line) => (line.kind === 'group' ? `${line.name} ${line.count}` : line.row.id)))
      .toEqual(['buy 2', 'a9', 'b', 'sell 2', 'a10', 'c'])
    expect(facetValues(rows, sideColumn)).toEqual(['buy', 'sell'])
  })

  it('are none lost and none invented, and keep the order in which equals came', () => {
    const any = fc.array(fc.record({ size: fc.option(fc.integer({ min: -3, max: 3 })), side: fc.constantFrom('buy' as const, 'sell' as const) }), { maxLength: 60 })
    fc.assert(fc.property(any, fc.constantFrom('ascending' as const, 'descending' as const), (made, direction) => {
      const numbered = made.map((each, nth) => row(String(nth), each.size, each.side))
      const result = arrangeRows(numbered, { columns, choices: { ...first, sortedBy: 'size', direction }, query: '', searched })
      expect(new Set(result)).toEqual(new Set(numbered))
      for (const [nth, each] of result.entries()) {
        const before = result[nth - 1]
        if (before === undefined || before.size === null || each.size === null) continue
        expect(direction === 'ascending' ? before.size <= each.size : before.size >= each.size).toBe(true)
        if (before.size === each.size) expect(Number(before.id)).toBeLessThan(Number(each.id))
      }
    }))
  })
})

describe('the lines that are drawn', () => {
  it('hold every line that can be seen, wherever it is scrolled to, and not many more', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2_400_000 }), fc.integer({ min: 0, max: 1_400 }), fc.integer({ min: 0, max: 100_000 }), (scrolled, height, count) => {
      const { from, to } = visibleLines(scrolled, height, 24, count)
      expect(from).toBeLessThanOrEqual(to)
      expect(to).toBeLessThanOrEqual(count)
      expect(to - from).toBeLessThanOrEqual(Math.ceil(height / 24) + 18)
      for (const line of [Math.floor(scrolled / 24), Math.floor((scrolled + height - 1) / 24)]) {
        if (line >= 0 && line < count && height > 0) expect(line >= from && line < to).toBe(true)
      }
    }))
  })

  it('are scrolled to no further than they must be', () => {
    const sight = { scrolled: 240, height: 144, lineHeight: 24, head: 24 }
    expect(scrollToSee(12, sight)).toBeUndefined()
    expect(scrollToSee(9, sight)).toBe(216)
    expect(scrollToSee(15, sight)).toBe(264)
  })
})

describe('a table under the pointer', () => {
  const keyOf = ({ id }: Row): string => id
  const held = [row('a', 1), row('b', 2)]

  it('keeps its places, shows each row as it is now, and one that is gone as it was last', () => {
    const shown = steadyRows(held, [row('c', 3), row('b', 9)], keyOf)
    expect(shown.map(({ id, size }) => `${id}${size}`)).toEqual(['a1', 'b9'])
    expect([...goneRows(held, [row('c', 3), row('b', 9)], keyOf)]).toEqual(['a'])
    expect(waitingRows(held, [row('c', 3), row('b', 9)], keyOf)).toBe(1)
  })

  it('is the same list where nothing of it has changed, so that nothing is drawn anew', () => {
    expect(steadyRows(held, [...held, row('c', 3)], keyOf)).toBe(held)
  })
})

describe('the columns of a table', () => {
  it('stand in the order that was chosen, new ones at the end, without those that are hidden', () => {
    const choices = { order: ['side', 'id'], hidden: ['id'] }
    expect(orderedColumns(columns, choices).map(({ id }) => id)).toEqual(['side', 'id', 'size'])
    expect(shownColumns(columns, choices).map(({ id }) => id)).toEqual(['side', 'size'])
  })

  it('move by one place, and stay at an end', () => {
    expect(movedColumn(['a', 'b', 'c'], 'b', 1)).toEqual(['a', 'c', 'b'])
    expect(movedColumn(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c'])
    expect(movedColumn(['a', 'b', 'c'], 'c', 1)).toEqual(['a', 'b', 'c'])
    expect(movedColumn(['a', 'b', 'c'], 'gone', 1)).toEqual(['a', 'b', 'c'])
  })

  it('are kept as they were chosen; a table that cannot be read begins anew, and takes no other along', () => {
    const tables = { orders: { ...first, hidden: ['id'], facets: { side: 'buy' }, groupedBy: 'side' } }
    expect(parseTableChoices(JSON.parse(printTableChoices(tables)))).toEqual(tables)
    expect(parseTableChoices({ version: 1, tables: { ...tables, broken: { sortedBy: 7 } } })).toEqual(tables)
    expect(parseTableChoices({ version: 2, tables })).toBeUndefined()
  })
})

describe('a table as a file', () => {
  const told = [row('=1+1', -3), row('a "b", c', null, 'sell')]

  it('is CSV whose cells no spreadsheet runs, with quotes where they are needed and nothing for what is not known', () => {
    expect(printCsv(columns, told)).toBe("id,size,side\r\n'=1+1,-3,buy\r\n\"a \"\"b\"\", c\",,sell\r\n")
  })

  it('keeps an amount below zero a number, and disarms a text that begins like one', () => {
    const texts = [row('-12.5', 1), row('-1+cmd', 1), row('@sum', 1)]
    expect(printCsv(columns, texts).split('\r\n').slice(1, 4).map((line) => line.split(',')[0])).toEqual(['-12.5', "'-1+cmd", "'@sum"])
  })

  it('is JSON with every value as it is', () => {
    expect(JSON.parse(printJson(columns, told))).toEqual([{ id: '=1+1', size: -3, side: 'buy' }, { id: 'a "b", c', size: null, side: 'sell' }])
  })

  it('is Parquet that another reader takes for the same rows', async () => {
    const file = await (await printTable('parquet', columns, told)).arrayBuffer()
    expect(await parquetReadObjects({ file })).toEqual([{ id: '=1+1', size: -3, side: 'buy' }, { id: 'a "b", c', size: null, side: 'sell' }])
  })
})

describe('the order of figures', () => {
  it('is that of comparing them, whatever their size and sign, and equals keep their places', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.double(), fc.integer({ min: -2, max: 2 })), { maxLength: 80 }), fc.boolean(), (figures, isDescending) => {
      const compared = figures.map((_figure, nth) => nth).sort((one, other) => {
        const [left, right] = [figures[one] ?? Number.NaN, figures[other] ?? Number.NaN]
        if (Number.isNaN(left) || Number.isNaN(right)) return Number(Number.isNaN(left)) - Number(Number.isNaN(right))
        if (left === right) return 0
        return (left < right) !== isDescending ? -1 : 1
      })
      expect([...stableOrder(Float64Array.from(figures), isDescending)]).toEqual(compared)
    }))
  })
})

describe('a hundred thousand rows', () => {
  it('are searched, narrowed and sorted in less than a tenth of a second of work', () => {
    const many = Array.from({ length: 100_000 }, (_, nth) => row(`order-${(nth * 7_919) % 100_000}`, (nth * 104_729) % 1_000_003, nth % 3 === 0 ? 'sell' : 'buy'))
    const texts = new Map(many.map((each) => [each, searched(each)]))
    const once = (): number => {
      const begin = process.cpuUsage()
      const result = arrangeRows(many, { columns, choices: { ...first, sortedBy: 'size', direction: 'descending', facets: { side: 'buy' } }, query: 'order', searched: (each) => texts.get(each) ?? '' })
      expect(result).toHaveLength(66_666)
      return process.cpuUsage(begin).user / 1_000
    }
    // What else the computer has to do is not the table's affair: the work is counted, and the best of a few.
    expect(Math.min(...Array.from({ length: 5 }, once))).toBeLessThan(100)
  })
})
