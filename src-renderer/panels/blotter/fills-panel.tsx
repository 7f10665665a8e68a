import { useMemo, useRef, type ReactNode } from 'react'
import type { PastFill } from '../../../src-preload/contract/index.ts'
import { dateTextWithYear, isoText, preciseClockText } from '../../../src-preload/contract/text/index.ts'
import { fillKey, pastFills } from '../../stores/trading-past.ts'
import { askWhy } from '../../stores/why-order.ts'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableColumn } from '../../ui/table/table-column.ts'
import { gainLook, useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ListState } from './list-state.tsx'
import { shortId } from './order-columns.tsx'
import { PastNote } from './past-note.tsx'

const openWhy = ({ order }: PastFill): void => askWhy(order)
const none: readonly PastFill[] = []
const look = ({ isInferred }: PastFill): string => (isInferred ? 'hatch' : '')

/** Each trade of ours; one that the venue counts and has not shown is hatched. */
export function FillsPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(pastFills.hold, useShown(root))
  const facts = pastFills.use()
  const columns = useMemo(() => fillColumns(words), [words])
  const searched = useMemo(() => fillSearched(words), [words])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={facts.rows !== undefined} error={facts.error} hold={pastFills.hold} title={text('screen.fills.empty')} next={text('screen.fills.empty.next')}>
        <DataTable
          tableId="fills" label={text('screen.panel.fills')} columns={columns} rows={facts.rows ?? none} keyOf={fillKey} searched={searched} sortedBy="time" rowLook={look} onOpen={openWhy}
          empty={<PanelMessage title={text('screen.fills.empty')}>{text('screen.fills.empty.next')}</PanelMessage>} note={<PastNote facts={facts} />}
        />
      </ListState>
    </div>
  )
}

const fillSearched = ({ text }: TradingWords) => ({ instrument, side, order, trade, liquidity }: PastFill): string =>
  `${instrument} ${text(`order.side.${side}`)} ${text(`screen.fills.${liquidity}`)} ${order} ${trade}`.toLowerCase()

function fillColumns(words: TradingWords): readonly TableColumn<PastFill>[] {
  const { text } = words
  return [
    { id: 'time', title: text('screen.blotter.time'), width: 92, sortBy: ({ at }) => at, print: ({ at }) => preciseClockText(at), look: () => 'mono ink-2', plain: ({ at }) => isoText(at) },
    { id: 'date', title: text('screen.blotter.date'), width: 84, isSpare: true, isFacet: true, sortBy: ({ at }) => at, print: ({ at }) => dateTextWithYear(words.locale, at), plain: ({ at }) => isoText(at).slice(0, 10) },
    { id: 'instrument', title: text('screen.blotter.instrument'), width: 92, isFacet: true, isFirst: true, sortBy: ({ instrument }) => instrument, print: ({ instrument }) => instrument, look: () => 'med', plain: ({ instrument }) => instrument },
    { id: 'side', title: text('screen.blotter.side'), width: 44, isFacet: true, isFirst: true, sortBy: ({ side }) => side, print: ({ side }) => text(`order.side.${side}`), look: ({ side }) => `side-${side}`, plain: ({ side }) => side },
    { id: 'size', title: text('screen.blotter.size'), width: 76, isFigure: true, isFirst: true, sortBy: ({ lots }) => lots, print: ({ instrument, lots }) => words.size(instrument, lots), plain: ({ instrument, lots }) => words.plainSize(instrument, lots) },
    { id: 'price', title: text('screen.blotter.price'), width: 84, isFigure: true, isFirst: true, sortBy: ({ price }) => price, print: ({ instrument, price }) => words.price(instrument, price), plain: ({ instrument, price }) => words.plainPrice(instrument, price) },
    {
      id: 'fee', title: text('screen.blotter.fee'), width: 88, isFigure: true, sortBy: ({ fee }) => fee,
      print: ({ fee, feeAsset }) => `${words.money(feeAsset, fee)} ${feeAsset}`, look: () => 'ink-2', plain: ({ fee, feeAsset }) => words.plainMoney(feeAsset, fee),
    },
    { id: 'fee-asset', title: text('screen.blotter.fee-asset'), width: 56, isSpare: true, isFacet: true, sortBy: ({ feeAsset }) => feeAsset, print: ({ feeAsset }) => feeAsset, plain: ({ feeAsset }) => feeAsset },
    {
      id: 'realised', title: text('screen.blotter.realised'), width: 84, isFigure: true, sortBy: ({ realised }) => realised, look: ({ realised }) => gainLook(realised),
      print: ({ instrument, realised }) => words.gain(words.quoteOf(instrument), realised), plain: ({ instrument, realised }) => words.plainMoney(words.quoteOf(instrument), realised),
    },
    { id: 'account', title: text('screen.blotter.account'), width: 72, isFacet: true, isSpare: true, sortBy: ({ account }) => account, print: ({ account }) => account, plain: ({ account }) => account },
    { id: 'order', title: text('screen.blotter.order'), width: 64, isSpare: true, sortBy: ({ order }) => order, print: ({ order }) => shortId(order), look: () => 'mono ink-2', plain: ({ order }) => order },
    { id: 'trade', title: text('screen.blotter.trade'), width: 96, isSpare: true, sortBy: ({ trade }) => trade, print: ({ trade }) => trade, look: () => 'mono ink-2', plain: ({ trade }) => trade },
    {
      id: 'liquidity', title: text('screen.blotter.liquidity'), width: 88, isFacet: true, sortBy: ({ liquidity }) => liquidity,
      print: ({ liquidity, isInferred }) => (isInferred ? text('screen.fills.inferred') : text(`screen.fills.${liquidity}`)), look: ({ isInferred }) => (isInferred ? 'attn' : 'ink-2'), plain: ({ liquidity }) => liquidity,
    },
  ]
}
