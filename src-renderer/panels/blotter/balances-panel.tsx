import { useMemo, useRef, type ReactNode } from 'react'
import type { BalanceView } from '../../../src-preload/contract/index.ts'
import { noTime, preciseClockText } from '../../../src-preload/contract/text/index.ts'
import { balanceKey, holdBalances, useBalances } from '../../stores/trading-balances.ts'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableColumn } from '../../ui/table/table-column.ts'
import { useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ListState } from './list-state.tsx'
import { useSameRows } from './use-same-rows.ts'

const none: ReadonlyMap<string, BalanceView> = new Map()
const same = (balance: BalanceView): BalanceView => balance
const searched = ({ account, asset }: BalanceView): string => `${asset} ${account}`.toLowerCase()

/** What each account holds of each asset, and how much of it is free. */
export function BalancesPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(holdBalances, useShown(root))
  const { balances, error } = useBalances()
  const rows = useSameRows(balances ?? none, same)
  const columns = useMemo(() => balanceColumns(words), [words])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={balances !== undefined} error={error} hold={holdBalances} title={text('screen.balances.empty')} next={text('screen.balances.empty.next')}>
        <DataTable
          tableId="balances" label={text('screen.panel.balances')} {...{ columns, rows, searched }} keyOf={balanceKey} sortedBy="worth"
          empty={<PanelMessage title={text('screen.balances.empty')}>{text('screen.balances.empty.next')}</PanelMessage>}
        />
      </ListState>
    </div>
  )
}

function balanceColumns(words: TradingWords): readonly TableColumn<BalanceView>[] {
  const { text, setup } = words
  const reporting = setup?.reportingAsset ?? null
  const money = (id: string, title: string, read: (row: BalanceView) => number | null): TableColumn<BalanceView> => ({
    id, title, width: 120, isFigure: true, sortBy: read, print: (row) => words.money(row.asset, read(row)), plain: (row) => words.plainMoney(row.asset, read(row)),
  })
  return [
    { id: 'asset', title: text('screen.blotter.asset'), width: 72, isFacet: true, isFirst: true, sortBy: ({ asset }) => asset, print: ({ asset }) => asset, look: () => 'med', plain: ({ asset }) => asset },
    { id: 'account', title: text('screen.blotter.account'), width: 80, isFacet: true, sortBy: ({ account }) => account, print: ({ account }) => account, plain: ({ account }) => account },
    { ...money('total', text('screen.balances.total'), ({ total }) => total), isFirst: true },
    { ...money('free', text('screen.balances.free'), ({ free }) => free), isFirst: true },
    money('reserved', text('screen.balances.reserved'), ({ reserved }) => reserved),
    {
      id: 'worth', title: reporting === null ? text('screen.positions.worth') : text('screen.balances.worth', { asset: reporting }), width: 120, isFigure: true, sortBy: ({ worth }) => worth,
      print: ({ worth }) => words.money(reporting, worth), plain: ({ worth }) => words.plainMoney(reporting, worth),
    },
    { id: 'changed', title: text('screen.balances.changed'), width: 96, sortBy: ({ changedAt }) => changedAt, print: ({ changedAt }) => (changedAt === null ? noTime : preciseClockText(changedAt)), look: () => 'mono ink-3', plain: ({ changedAt }) => changedAt },
  ]
}
