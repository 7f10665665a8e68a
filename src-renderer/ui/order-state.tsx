import { useCallback, type ReactNode } from 'react'
import type { OrderStatusName } from '../../src-preload/contract/index.ts'
import { freshAgeText } from '../format/duration.ts'
import { printFigure } from '../format/figure.ts'
import { engineWallMs, useEngineClock } from '../stores/engine-clock.ts'
import { LiveText } from './live-text.tsx'
import { useLocale, useText } from './use-text.ts'
import './order-state.css'

const cross = <path d="M4.9 4.9l4.2 4.2M9.1 4.9l-4.2 4.2" strokeLinecap="round" />
const ring = <circle cx="7" cy="7" r="5" />
const diamond = (
  <>
    <path d="M7 1.25L12.75 7 7 12.75 1.25 7z" />
    <path d="M5.7 5.9c0-1.7 2.6-1.7 2.6 0 0 1-1.3 1.1-1.3 2M7 9.6v.2" strokeWidth="1.2" strokeLinecap="round" />
  </>
)

/** Each state has a shape of its own, so that it can be told in grey; the word stands beside it. */
const shapes: Readonly<Record<OrderStatusName, ReactNode>> = {
  intent: <circle cx="7" cy="7" r="5" strokeDasharray="1 2.1" />,
  sending: <circle cx="7" cy="7" r="5" strokeDasharray="3.4 2.8" className="order-state-moving" />,
  held: <>{ring}<path d="M5.6 5v4M8.4 5v4" strokeLinecap="round" /></>,
  working: <>{ring}<circle cx="7" cy="7" r="2" fill="currentColor" stroke="none" /></>,
  partial: <>{ring}<path d="M7 7V2a5 5 0 0 1 4.76 3.45z" fill="currentColor" stroke="none" /></>,
  filled: <><circle cx="7" cy="7" r="5" fill="currentColor" /><path d="M4.8 7.1l1.6 1.6 3-3.3" stroke="var(--bg-1)" strokeLinecap="round" /></>,
  canceled: <>{ring}<path d="M3.6 10.4l6.8-6.8" /></>,
  expired: <>{ring}<path d="M7 4v3l2 1.4" strokeLinecap="round" /></>,
  rejected: <>{ring}{cross}</>,
  denied: <><path d="M7 1.5l4.5 1.7v3.6c0 2.6-1.9 4.6-4.5 5.7-2.6-1.1-4.5-3.1-4.5-5.7V3.2z" /><path d="M4.7 7h4.6" strokeLinecap="round" /></>,
  unknown: diamond,
  stuck: diamond,
  absent: <><circle cx="7" cy="7" r="5" strokeDasharray="1 2.1" />{cross}</>,
}

const looks: Readonly<Record<OrderStatusName, string>> = {
  intent: 'ink-2', sending: 'ink-1', held: 'ink-2', working: 'ink-1', partial: 'ink-1', filled: 'ink-2', canceled: 'ink-3', expired: 'ink-3', rejected: 'danger',
  denied: 'danger', unknown: 'attn', stuck: 'attn', absent: 'ink-3',
}

const StateShape = ({ status }: { readonly status: OrderStatusName }): ReactNode => (
  <svg className={`order-sign ${looks[status]}`} viewBox="0 0 14 14" aria-hidden="true">{shapes[status]}</svg>
)

interface OrderStateProps {
  readonly status: OrderStatusName
  /** Of a partly filled one: how much of it. */
  readonly filled?: number
  readonly lots?: number
  /** Since when it has been on its way, or unknown. */
  readonly since?: number | null
  /** Why: what a refusal says, or what is under way over it. */
  readonly because?: string
}

/** What became of an order, in a shape and in words; what is not proven counts up. */
export function OrderState({ status, filled = 0, lots = 0, since = null, because = '' }: OrderStateProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const share = status === 'partial' && lots > 0 ? ` ${printFigure(locale, Math.floor((filled / lots) * 100))} %` : ''
  const readAge = useCallback((now: number) => {
    const wallMs = engineWallMs(useEngineClock.getState(), now)
    return wallMs === undefined || since === null ? '' : ` ${freshAgeText(locale, wallMs - since)}`
  }, [locale, since])
  const words = text(`order.status.${status}`)
  return (
    <span className={`order-state ${looks[status]}`} data-order-state={status} title={because === '' ? text(`order.status.${status}.means`) : `${words}: ${because}`}>
      <StateShape status={status} />
      <span className="ellipsis">
        {words}{share}{since !== null && <LiveText read={readAge} />}{because === '' ? '' : `: ${because}`}
      </span>
    </span>
  )
}
