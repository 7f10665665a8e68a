import { useCallback, useMemo, useRef, type ReactNode } from 'react'
import type { PositionView } from '../../../src-preload/contract/index.ts'
import { noTime } from '../../../src-preload/contract/text/index.ts'
import { act, type HandCommand } from '../../stores/trading-hand.ts'
import { holdPositions, positionKey, usePositions } from '../../stores/trading-positions.ts'
import { useTradingSafety } from '../../stores/trading-safety.ts'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableColumn } from '../../ui/table/table-column.ts'
import { gainLook, useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ActNote } from './act-note.tsx'
import { ListState } from './list-state.tsx'
import { useSameRows } from './use-same-rows.ts'

const acts: readonly HandCommand[] = ['trading.close', 'trading.reverse']
const same = (position: PositionView): PositionView => position

/** What is held, what it is worth, and the way out of it. */
export function PositionsPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(holdPositions, useShown(root))
  const { revision, positions, error } = usePositions()
  const rows = useSameRows(positions, same)
  const columns = useMemo(() => positionColumns(words), [words])
  const searched = useMemo(() => ({ instrument, account, lots }: PositionView): string => `${instrument} ${account} ${sideText(words, lots)}`.toLowerCase(), [words])
  const actions = useCallback((row: PositionView) => <PositionActions position={row} />, [])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={revision !== undefined} error={error} hold={holdPositions} title={text('screen.positions.empty')} next={text('screen.positions.empty.next')}>
        <DataTable
          tableId="positions" label={text('screen.panel.positions')} {...{ columns, rows, searched, actions }} keyOf={positionKey} sortedBy="instrument" direction="ascending" actionsWidth={120}
          empty={<PanelMessage title={text('screen.positions.empty')}>{text('screen.positions.empty.next')}</PanelMessage>} note={<ActNote names={acts} />}
        />
      </ListState>
    </div>
  )
}

const sideText = ({ text }: TradingWords, lots: number): string => text(lots < 0 ? 'screen.positions.short' : 'screen.positions.long')

/** A price that is not of now is not shown as if it were. */
const markLook = ({ mark }: PositionView): string => (mark === null ? 'ink-3' : mark.state === 'live' || mark.state === 'closed' ? '' : 'attn')

function positionColumns(words: TradingWords): readonly TableColumn<PositionView>[] {
  const { text } = words
  const money = (id: string, title: string, read: (row: PositionView) => number | null, more: Partial<TableColumn<PositionView>> = {}): TableColumn<PositionView> => ({
    id, title, width: 76, isFigure: true, sortBy: read, print: (row) => words.money(row.asset, read(row)), plain: (row) => words.plainMoney(row.asset, read(row)), ...more,
  })
  const gain = (id: string, title: string, read: (row: PositionView) => number | null, more: Partial<TableColumn<PositionView>> = {}): TableColumn<PositionView> =>
    money(id, title, read, { print: (row) => words.gain(row.asset, read(row)), look: (row) => gainLook(read(row)), ...more })
  return [
    { id: 'instrument', title: text('screen.blotter.instrument'), width: 88, isFacet: true, isFirst: true, sortBy: ({ instrument }) => instrument, print: ({ instrument }) => instrument, look: () => 'med', plain: ({ instrument }) => instrument },
    { id: 'side', title: text('screen.blotter.side'), width: 48, isFacet: true, sortBy: ({ lots }) => Math.sign(lots), print: ({ lots }) => sideText(words, lots), look: ({ lots }) => (lots < 0 ? 'side-sell' : 'side-buy'), plain: ({ lots }) => (lots < 0 ? 'short' : 'long') },
    { id: 'size', title: text('screen.blotter.size'), width: 68, isFigure: true, isFirst: true, sortBy: ({ lots }) => lots, print: ({ instrument, lots }) => words.size(instrument, lots), plain: ({ instrument, lots }) => words.plainSize(instrument, lots) },
    { id: 'average', title: text('screen.positions.entry'), width: 72, isFigure: true, sortBy: ({ averagePrice }) => (averagePrice === null ? null : Number(averagePrice)), print: ({ instrument, averagePrice }) => words.average(instrument, averagePrice), plain: ({ averagePrice }) => averagePrice },
    { id: 'mark', title: text('screen.positions.mark'), width: 72, isFigure: true, sortBy: ({ mark }) => mark?.price ?? null, look: markLook, print: ({ instrument, mark }) => words.price(instrument, mark?.price ?? null), plain: ({ instrument, mark }) => words.plainPrice(instrument, mark?.price ?? null) },
    money('worth', text('screen.positions.worth'), ({ worth }) => worth),
    gain('unrealised', text('screen.blotter.unrealised'), ({ unrealised }) => unrealised, { isFirst: true }),
    gain('realised', text('screen.blotter.realised'), ({ realised }) => realised),
    { id: 'liquidation', title: text('screen.positions.liquidation'), width: 72, isFigure: true, sortBy: ({ liquidationPrice }) => liquidationPrice, print: ({ instrument, liquidationPrice }) => words.price(instrument, liquidationPrice), plain: ({ instrument, liquidationPrice }) => words.plainPrice(instrument, liquidationPrice) },
    money('margin', text('screen.positions.margin'), ({ initialMargin }) => initialMargin, { isSpare: true }),
    { id: 'worst', title: text('screen.positions.worst'), width: 128, isFigure: true, isSpare: true, sortBy: ({ worstLong }) => worstLong, print: ({ instrument, worstLong, worstShort }) => `${words.size(instrument, worstShort)} … ${words.size(instrument, worstLong)}`, plain: ({ instrument, worstLong }) => words.plainSize(instrument, worstLong) },
    { id: 'account', title: text('screen.blotter.account'), width: 72, isFacet: true, isSpare: true, sortBy: ({ account }) => account, print: ({ account }) => account, plain: ({ account }) => account },
    { id: 'asset', title: text('screen.blotter.asset'), width: 40, isFacet: true, isSpare: true, sortBy: ({ asset }) => asset, print: ({ asset }) => (asset === '' ? noTime : asset), look: () => 'ink-3', plain: ({ asset }) => asset },
  ]
}

function PositionActions({ position }: { readonly position: PositionView }): ReactNode {
  const words = useTradingWords()
  const { bridge } = useScreen()
  const confirms = useTradingSafety((safety) => safety.confirms)
  const { account, instrument, lots } = position
  const about = { instrument, size: words.size(instrument, Math.abs(lots)), side: sideText(words, lots) }
  const ask = (name: 'trading.close' | 'trading.reverse'): void => void act(bridge, name, instrument, { account, instrument })
  return (
    <>
      <ConfirmButton isAsked={confirms.close} sure={words.text('screen.positions.close.sure', about)} label={words.text('screen.positions.close.of', about)} onPress={() => ask('trading.close')}>
        {words.text('screen.positions.close')}
      </ConfirmButton>
      <ConfirmButton isAsked={confirms.reverse} sure={words.text('screen.positions.reverse.sure', about)} label={words.text('screen.positions.reverse.of', about)} onPress={() => ask('trading.reverse')}>
        {words.text('screen.positions.reverse')}
      </ConfirmButton>
    </>
  )
}
