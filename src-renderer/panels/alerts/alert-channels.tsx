import { useCallback, type ReactNode } from 'react'
import type { AlertChannelView } from '../../../src-preload/contract/index.ts'
import { ageText, clockText } from '../../../src-preload/contract/text/index.ts'
import { useAlerts } from '../../stores/alerts.ts'
import { engineWallMs, useEngineClock } from '../../stores/engine-clock.ts'
import { LiveText } from '../../ui/live-text.tsx'
import { PanelSection } from '../../ui/panel-section.tsx'
import { signLook, StateSign, type Sign } from '../../ui/state-sign.tsx'
import { useLocale, useText } from '../../ui/use-text.ts'

const signs = { off: 'off', idle: 'well', ok: 'well', failing: 'unwell' } as const satisfies Readonly<Record<AlertChannelView['state'], Sign>>

/** Whether what the engine sends out arrives. */
export function AlertChannels(): ReactNode {
  const text = useText()
  const channels = useAlerts((facts) => facts.channels)
  return (
    <PanelSection title={text('screen.channels')} aside={<span className="t11 ink-3">{text('screen.channels.where')}</span>}>
      <ul className="channels" aria-label={text('screen.channels')}>
        {channels.map((channel) => <Channel key={channel.name} channel={channel} />)}
      </ul>
    </PanelSection>
  )
}

function Channel({ channel }: { readonly channel: AlertChannelView }): ReactNode {
  const text = useText()
  const { name, state, since, waiting, lastError } = channel
  const sign = signs[state]
  return (
    <li className="channel">
      <span>{text(`screen.channel.${name}`)}</span>
      <span className={`state-word ${state === 'failing' ? signLook(sign) : 'ink-2'}`}>
        <StateSign sign={sign} />
        {text(`screen.channel.state.${state}`)}
        {since !== null && <Since since={since} />}
      </span>
      <span className="num ink-3 t11" data-figure>{waiting > 0 && text('screen.channel.waiting', { count: waiting })}</span>
      {lastError !== null && <span className="channel-error ink-2 t11">{lastError}</span>}
    </li>
  )
}

function Since({ since }: { readonly since: number }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback(
    (now: number) => {
      const wallMs = engineWallMs(useEngineClock.getState(), now)
      return wallMs === undefined ? clockText(since) : text('screen.since', { age: ageText(locale, Math.max(0, wallMs - since)) })
    },
    [since, locale, text],
  )
  return <LiveText className="ink-3" read={read} />
}
