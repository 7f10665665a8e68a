import type { ReactNode } from 'react'
import type { FeedView, Reply } from '../../../src-preload/contract/index.ts'
import { translateError } from '../../../src-preload/contract/text/index.ts'
import { useConnection } from '../../stores/connection.ts'
import { useFeed } from '../../stores/market-feed.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Icon } from '../../ui/icon.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { useScreen } from '../../ui/screen-context.tsx'
import { useAsking } from '../../ui/use-asking.ts'
import { useLocale, useText } from '../../ui/use-text.ts'

type Disturbance = NonNullable<FeedView['demo']>['disturbance']

const speeds = ['0', '1', '10', '100'] as const
const rehearsals = ['silence', 'crossed', 'gap', 'disconnect'] as const satisfies readonly Disturbance[]

/** What the demo market can be told: its pace, and which trouble it plays. */
export function DemoControls(): ReactNode {
  const text = useText()
  const mayTrade = useConnection((facts) => facts.access !== 'read')
  return (
    <>
      {!mayTrade && <p className="feed-reason ink-2">{text('screen.feed.read-only')}</p>}
      <Pace isAllowed={mayTrade} />
      <Rehearsals isAllowed={mayTrade} />
    </>
  )
}

function Pace({ isAllowed }: { readonly isAllowed: boolean }): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const speed = useFeed((facts) => facts.view?.demo?.speed ?? 1)
  const asking = useAsking<{ readonly speed: number }>()
  return (
    <PanelSection
      title={text('screen.feed.pace.title')}
      aside={<span className="num ink-2">{speed === 0 ? text('screen.feed.pace.still') : `×${speed}`}</span>}
    >
      <div className="panel-section-body">
        <fieldset className="feed-plain" disabled={!isAllowed || asking.isWaiting}>
          <Choice
            label={text('screen.feed.pace.title')} value={String(speed)}
            options={speeds.map((each) => ({ value: each as string, text: each === '0' ? text('screen.feed.pace.pause') : `×${each}` }))}
            onChoose={(chosen) => void asking.ask(bridge.call('market.setSpeed', { speed: Number(chosen) }))}
          />
        </fieldset>
        <AskingFault reply={asking.reply} />
      </div>
    </PanelSection>
  )
}

function Rehearsals({ isAllowed }: { readonly isAllowed: boolean }): ReactNode {
  const text = useText()
  const { bridge } = useScreen()
  const running = useFeed((facts) => facts.view?.demo?.disturbance ?? 'none')
  const asking = useAsking<{ readonly disturbance: Disturbance }>()
  const play = (disturbance: Disturbance): void => void asking.ask(bridge.call('market.disturb', { disturbance }))
  return (
    <PanelSection title={text('screen.feed.rehearse')}>
      <div className="panel-section-body feed-rehearsals">
        <p className="ink-2">{text('screen.feed.rehearse.means')}</p>
        <div className={`feed-running ${running === 'none' ? '' : 'hatch'}`} role="status">
          {running === 'none' ? <span className="ink-3">{text('screen.feed.none')}</span> : (
            <>
              <span className="feed-running-words">
                <Icon name="warn" />
                <b className="med">{text('screen.feed.rehearsing')}</b> {text(`screen.feed.${running}`)}
              </span>
              <Button look="attention" size="small" disabled={!isAllowed || asking.isWaiting} onClick={() => play('none')}>
                {text('screen.feed.rehearse.end')}
              </Button>
            </>
          )}
        </div>
        <ul className="feed-list">
          {rehearsals.map((each) => (
            <li key={each}>
              <div>
                <p className="med">{text(`screen.feed.${each}`)}</p>
                <p className="ink-2 t11">{text(`screen.feed.${each}.means`)}</p>
              </div>
              <Button
                look="ghost" size="small" disabled={!isAllowed || asking.isWaiting || running === each}
                aria-label={`${text('screen.feed.begin')}: ${text(`screen.feed.${each}`)}`}
                onClick={() => play(each)}
              >
                {text('screen.feed.begin')}
              </Button>
            </li>
          ))}
        </ul>
        <AskingFault reply={asking.reply} />
      </div>
    </PanelSection>
  )
}

/** Why what was asked was not done. What was done shows itself in the feed. */
export function AskingFault({ reply }: { readonly reply: Reply<unknown> | undefined }): ReactNode {
  const locale = useLocale()
  if (reply === undefined || reply.ok) return null
  return <p className="danger outcome" role="alert">{translateError(locale, reply.error)}</p>
}
