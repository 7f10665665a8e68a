import { useMemo, useRef, type ReactNode } from 'react'
import type { LedgerLine } from '../../../src-preload/contract/index.ts'
import { dateTextWithYear, isMessageKey, isoText, noTime, preciseClockText, translate } from '../../../src-preload/contract/text/index.ts'
import { ledgerKey, pastLedger } from '../../stores/trading-past.ts'
import { askWhy } from '../../stores/why-order.ts'
import { PanelMessage } from '../../ui/panel-message.tsx'
import { DataTable } from '../../ui/table/data-table.tsx'
import type { TableColumn } from '../../ui/table/table-column.ts'
import { useTradingWords, type TradingWords } from '../../ui/trading-words.ts'
import { useHold } from '../../ui/use-hold.ts'
import { useShown } from '../../ui/use-shown.ts'
import { ListState } from './list-state.tsx'
import { shortId } from './order-columns.tsx'
import { PastNote } from './past-note.tsx'

const none: readonly LedgerLine[] = []
const openWhy = ({ order }: LedgerLine): void => (order === null ? undefined : askWhy(order))

/** The double-entry books, line by line: what each entry moved, and what its book held after it. */
export function LedgerPanel(): ReactNode {
  const words = useTradingWords()
  const { text } = words
  const root = useRef<HTMLDivElement>(null)
  useHold(pastLedger.hold, useShown(root))
  const facts = pastLedger.use()
  const columns = useMemo(() => ledgerColumns(words), [words])
  const searched = useMemo(() => ledgerSearched(words), [words])
  return (
    <div className="list-state" ref={root}>
      <ListState hasCome={facts.rows !== undefined} error={facts.error} hold={pastLedger.hold} title={text('screen.ledger.empty')} next={text('screen.ledger.empty.next')}>
        <DataTable
          tableId="ledger" label={text('screen.panel.ledger')} columns={columns} rows={facts.rows ?? none} keyOf={ledgerKey} searched={searched} sortedBy="entry" onOpen={openWhy}
          empty={<PanelMessage title={text('screen.ledger.empty')}>{text('screen.ledger.empty.next')}</PanelMessage>} note={<PastNote facts={facts} />}
        />
      </ListState>
    </div>
  )
}

/** A later engine may know books that this screen has no word for: they are called as the engine calls them. */
function wordOf({ locale }: TradingWords, kind: 'book' | 'reason', name: string): string {
  const key = `screen.ledger.${kind}.${name}`
  return isMessageKey(key) ? translate(locale, key, {}) : name
}

const ledgerSearched = (words: TradingWords) => ({ asset, book, reason, instrument, order, account }: LedgerLine): string =>
  `${asset} ${wordOf(words, 'book', book)} ${wordOf(words, 'reason', reason)} ${instrument ?? ''} ${order ?? ''} ${account}`.toLowerCase()

function ledgerColumns(words: TradingWords): readonly TableColumn<LedgerLine>[] {
  const { text } = words
  return [
    { id: 'entry', title: text('screen.ledger.entry'), width: 64, isFigure: true, sortBy: ({ entry }) => entry, print: ({ entry }) => String(entry), look: () => 'mono ink-2', plain: ({ entry }) => entry },
    { id: 'time', title: text('screen.blotter.time'), width: 92, sortBy: ({ at }) => at, print: ({ at }) => preciseClockText(at), look: () => 'mono ink-2', plain: ({ at }) => isoText(at) },
    { id: 'date', title: text('screen.blotter.date'), width: 84, isSpare: true, isFacet: true, sortBy: ({ at }) => at, print: ({ at }) => dateTextWithYear(words.locale, at), plain: ({ at }) => isoText(at).slice(0, 10) },
    { id: 'reason', title: text('screen.ledger.reason'), width: 96, isFacet: true, sortBy: ({ reason }) => reason, print: ({ reason }) => wordOf(words, 'reason', reason), plain: ({ reason }) => reason },
    { id: 'book', title: text('screen.ledger.book'), width: 96, isFacet: true, isFirst: true, sortBy: ({ book }) => book, print: ({ book }) => wordOf(words, 'book', book), look: () => 'med', plain: ({ book }) => book },
    { id: 'asset', title: text('screen.blotter.asset'), width: 56, isFacet: true, isFirst: true, sortBy: ({ asset }) => asset, print: ({ asset }) => asset, plain: ({ asset }) => asset },
    // Signs of an entry are of double entry, not of profit: they carry no hue.
    { id: 'amount', title: text('screen.ledger.amount'), width: 112, isFigure: true, isFirst: true, sortBy: ({ amount }) => amount, print: ({ asset, amount }) => words.gain(asset, amount), plain: ({ asset, amount }) => words.plainMoney(asset, amount) },
    { id: 'balance', title: text('screen.ledger.balance'), width: 112, isFigure: true, isFirst: true, sortBy: ({ balance }) => balance, print: ({ asset, balance }) => words.money(asset, balance), plain: ({ asset, balance }) => words.plainMoney(asset, balance) },
    { id: 'instrument', title: text('screen.blotter.instrument'), width: 92, isFacet: true, sortBy: ({ instrument }) => instrument, print: ({ instrument }) => instrument ?? noTime, plain: ({ instrument }) => instrument },
    { id: 'account', title: text('screen.blotter.account'), width: 72, isFacet: true, isSpare: true, sortBy: ({ account }) => account, print: ({ account }) => account, plain: ({ account }) => account },
    { id: 'order', title: text('screen.blotter.order'), width: 64, sortBy: ({ order }) => order, print: ({ order }) => shortId(order), look: () => 'mono ink-3', plain: ({ order }) => order },
  ]
}
