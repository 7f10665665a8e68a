import type { ReactNode } from 'react'
import type { BooksStatus } from '../../../src-preload/contract/index.ts'
import { clockText } from '../../../src-preload/contract/text/index.ts'
import { printFigure } from '../../format/figure.ts'
import { printQuantity } from '../../format/quantity.ts'
import { useBooks } from '../../stores/books.ts'
import { Blank } from '../../ui/blank.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { StateSign } from '../../ui/state-sign.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'
import { BackupSection } from './backup-section.tsx'
import { BooksAge } from './books-age.tsx'
import { DrillSection } from './drill-section.tsx'
import { KeySection } from './key-section.tsx'
import './books-panel.css'

/** What protects the books, that they are written, and that they could be had again. */
export function BooksPanel(): ReactNode {
  const status = useBooks((facts) => facts.status)
  if (status === undefined) return <div className="books-head"><Blank digits={16} /></div>
  const isKept = status.protection !== 'ephemeral'
  return (
    <div className="books">
      <BooksHead status={status} />
      <JournalSection status={status} />
      {isKept && <BackupSection status={status} />}
      {isKept && <DrillSection status={status} />}
      <KeySection status={status} />
    </div>
  )
}

function BooksHead({ status: { protection, state } }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  if (protection === null) return <div className="books-head"><p className="note">{text(`screen.books.state.${state}`)}</p></div>
  return (
    <div className="books-head">
      <p className="cap">{text('screen.books.protected-by')}</p>
      <p className="books-protection">
        <StateSign sign={protection === 'ephemeral' ? 'off' : 'well'} />
        <span className="t22">{text(`screen.books.protection.${protection}`)}</span>
      </p>
      <p className="note">{text(`screen.books.protection.${protection}.means`)}</p>
    </div>
  )
}

/** A record that waits this long for the disk is worth a colour. */
const waitingMs = 100

function JournalSection({ status }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const isKept = status.protection !== 'ephemeral'
  // What the screen shows of the past is not whole until it is read.
  const past = status.catchingUp ?? undefined
  return (
    <PanelSection title={text('screen.books.journal')}>
      <div className="panel-section-body">
        <Facts>
          <Fact name={text('screen.books.records')}>{printFigure(locale, status.records)}</Fact>
          {past !== undefined && (
            <Fact name={text('screen.books.catching-up')} look="attn">
              {text('screen.books.catching-up.of', { applied: printFigure(locale, past.applied), of: printFigure(locale, past.of) })}
            </Fact>
          )}
          <Fact name={text('screen.books.durable')} look={status.durable < status.records && status.waitingMs > waitingMs ? 'attn' : 'plain'}>
            {printFigure(locale, status.durable)}
          </Fact>
          <Fact name={text('screen.books.waiting')} look={status.waitingMs > waitingMs ? 'attn' : 'plain'}>
            {printQuantity(locale, status.waitingMs / 1_000, 'seconds')}
          </Fact>
          {isKept && (
            <Fact name={text('screen.books.anchored')}>
              {status.anchoredAt === null ? text('screen.books.never') : <span title={clockText(status.anchoredAt)}><BooksAge since={status.anchoredAt} /></span>}
            </Fact>
          )}
        </Facts>
      </div>
    </PanelSection>
  )
}
