import type { ReactNode } from 'react'
import type { BackupFact, BooksStatus } from '../../../src-preload/contract/index.ts'
import { clockText, dateText, isMessageKey, type MessageKey } from '../../../src-preload/contract/text/index.ts'
import { fileName } from '../../format/file-name.ts'
import { printFigure } from '../../format/figure.ts'
import { printBytes } from '../../format/quantity.ts'
import { Button } from '../../ui/button.tsx'
import { Fact, Facts } from '../../ui/facts.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { BooksAction, longMs } from './books-action.tsx'
import { BooksAge } from './books-age.tsx'
import { FileFact } from './file-fact.tsx'

/** The last backup and whether it was proved, the next one, and one that is being made. */
export function BackupSection({ status }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const { isWaiting, reply, ask } = useAsking<BackupFact>()
  const { last, nextAt, running, lastFailure } = status.backup
  const done = reply?.ok === true ? text('screen.backup.done', { file: fileName(reply.value.file), size: printBytes(locale, reply.value.bytes) }) : undefined
  return (
    <PanelSection title={text('screen.backup')}>
      <div className="panel-section-body">
        {running !== null && <Running running={running} />}
        {last === null ? <p className="ink-2">{text('screen.backup.none')}</p> : <LastBackup last={last} />}
        <Facts>
          {lastFailure !== null && (
            <Fact name={text('screen.backup.failed')} look="attn"><FailureWord code={lastFailure.code} /> · <BooksAge since={lastFailure.at} /></Fact>
          )}
          <Fact name={text('screen.backup.next')}>
            {nextAt === null ? text('screen.backup.no-next') : <>{`${dateText(locale, nextAt)} ${clockText(nextAt).slice(0, 5)} UTC`}</>}
          </Fact>
        </Facts>
        <BooksAction
          label={text('screen.backup.now')} waitingLabel={text('screen.backup.making')} needs="admin"
          isWaiting={isWaiting || running !== null} error={reply?.ok === false ? reply.error : undefined} done={done}
          onPress={() => void ask(bridge.call('backup.make', { out: null }, { timeoutMs: longMs }))}
        />
      </div>
    </PanelSection>
  )
}

function FailureWord({ code }: { readonly code: string }): ReactNode {
  const text = useText()
  const key = `screen.backup.failure.${code}`
  return isMessageKey(key) ? text<MessageKey>(key) : code
}

function LastBackup({ last }: { readonly last: BackupFact }): ReactNode {
  const text = useText()
  const locale = useLocale()
  return (
    <Facts>
      <Fact name={text('screen.backup.last')}><BooksAge since={last.at} /></Fact>
      <FileFact name={text('screen.backup.file')} file={last.file} />
      <Fact name={text('screen.backup.size')}>{printBytes(locale, last.bytes)}</Fact>
      <Fact name={text('screen.backup.verified')} look={last.verified ? 'plain' : 'attn'}>{text(last.verified ? 'screen.yes' : 'screen.no')}</Fact>
    </Facts>
  )
}

function Running({ running: { phase, fraction } }: { readonly running: NonNullable<BooksStatus['backup']['running']> }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const { isWaiting, ask } = useAsking<{ wasRunning: boolean }>()
  const key = `screen.backup.phase.${phase}`
  const words = isMessageKey(key) ? text<MessageKey>(key) : phase
  const share = printFigure(locale, Math.floor(fraction * 100))
  return (
    <div className="backup-running">
      <div className="backup-words">
        <span>{words}</span>
        <span className="num" data-figure>{`${share} %`}</span>
        <Button size="small" look="ghost" disabled={isWaiting} onClick={() => void ask(bridge.call('backup.cancel', {}))}>{text('screen.cancel')}</Button>
      </div>
      <progress className="for-readers-only" max={1} value={fraction} aria-label={words} />
      <div className="backup-track" aria-hidden="true"><i style={{ width: `${fraction * 100}%` }} /></div>
    </div>
  )
}
