import type { ReactNode } from 'react'
import type { BooksStatus, DrillFact } from '../../../src-preload/contract/index.ts'
import { durationText } from '../../../src-preload/contract/text/index.ts'
import { printFigure } from '../../format/figure.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { BooksAction, longMs } from './books-action.tsx'
import { BooksAge } from './books-age.tsx'
import { FileFact } from './file-fact.tsx'

/** A backup that was never restored is only a hope: when it was last tried, and how it went. */
export function DrillSection({ status: { drill, backup } }: { readonly status: BooksStatus }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const { isWaiting, reply, ask } = useAsking<DrillFact>()
  const done = reply?.ok === true ? text('screen.drill.done', { took: durationText(locale, reply.value.restoreMs) }) : undefined
  return (
    <PanelSection title={text('screen.drill')}>
      <div className="panel-section-body">
        {drill.last === null ? <p className="ink-2">{text('screen.drill.none')}</p> : <LastDrill last={drill.last} />}
        <BooksAction
          label={text('screen.drill.now')} waitingLabel={text('screen.drill.running')} needs="admin"
          obstacle={backup.last === null ? text('screen.drill.no-backup') : undefined}
          isWaiting={isWaiting || drill.isRunning} error={reply?.ok === false ? reply.error : undefined} done={done}
          onPress={() => void ask(bridge.call('drill.restore', {}, { timeoutMs: longMs }))}
        />
      </div>
    </PanelSection>
  )
}

function LastDrill({ last }: { readonly last: DrillFact }): ReactNode {
  const text = useText()
  const locale = useLocale()
  return (
    <Facts>
      <Fact name={text('screen.drill.last')} look={last.ok ? 'plain' : 'attn'}>
        {text(last.ok ? 'screen.drill.passed' : 'screen.drill.not-passed')} · <BooksAge since={last.at} />
      </Fact>
      <FileFact name={text('screen.drill.from')} file={last.from} />
      <Fact name={text('screen.drill.took')}>{durationText(locale, last.restoreMs)}</Fact>
      <Fact name={text('screen.drill.records')}>{printFigure(locale, last.records)}</Fact>
    </Facts>
  )
}
