import type { ReactNode } from 'react'
import { clockText } from '../../../src-preload/contract/text/index.ts'
import { printFigure } from '../../format/figure.ts'
import { printBytes } from '../../format/quantity.ts'
import { useConnection } from '../../stores/connection.ts'
import { useFeed } from '../../stores/market-feed.ts'
import { Fact, Facts } from '../../ui/facts.tsx'
import { LiveText } from '../../ui/live-text.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { Switch } from '../../ui/switch.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'
import { AskingFault } from './demo-controls.tsx'

/** What of the market is being written to disk, how much it is by now, and the switch. */
export function RecordingSection(): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const since = useFeed((facts) => facts.view?.recording?.since)
  const mayTrade = useConnection((facts) => facts.access !== 'read')
  const asking = useAsking<{ readonly isOn: boolean; readonly folder: string }>()
  const readSize = (): string => {
    const recording = useFeed.getState().view?.recording
    if (recording === null || recording === undefined) return '–'
    return text('screen.feed.recorded.of', { events: printFigure(locale, recording.events), bytes: printBytes(locale, recording.bytes) })
  }
  const toggle = (
    <Switch
      label={text('screen.feed.recording')} isOn={since !== undefined} isDisabled={!mayTrade || asking.isWaiting}
      onChange={(isOn) => void asking.ask(bridge.call('market.record', { isOn }))}
    />
  )
  return (
    <PanelSection title={text('screen.feed.recording')} aside={toggle}>
      <div className="panel-section-body">
        {since === undefined ? <p className="ink-2">{text('screen.feed.recording.means')}</p> : (
          <Facts>
            <Fact name={text('screen.feed.since')}>{clockText(since)}</Fact>
            <Fact name={text('screen.feed.recorded')}><LiveText read={readSize} /></Fact>
          </Facts>
        )}
        {asking.reply?.ok === true && (
          <p className="feed-folder ink-2 t11">{text('screen.feed.folder')} <span className="mono">{asking.reply.value.folder}</span></p>
        )}
        <AskingFault reply={asking.reply} />
      </div>
    </PanelSection>
  )
}
