import type { ReactNode } from 'react'
import type { OrderView } from '../../src-preload/contract/index.ts'

export type OrderLook = 'flight' | 'rests' | 'partial' | 'held' | 'unknown' | 'refused' | 'ended'

/** Which of the looks an order has: each with a shape of its own, so that it can be told in grey. */
export function lookOf({ status }: Pick<OrderView, 'status'>): OrderLook {
  switch (status) {
    case 'intent': case 'sending': return 'flight'
    case 'working': return 'rests'
    case 'partial': return 'partial'
    case 'held': return 'held'
    case 'unknown': case 'stuck': return 'unknown'
    case 'denied': case 'rejected': return 'refused'
    case 'filled': case 'canceled': case 'expired': case 'absent': return 'ended'
  }
}

const shapes: Readonly<Record<OrderLook, ReactNode>> = {
  flight: <circle cx="7" cy="7" r="5" strokeDasharray="2.2 2.4" />,
  rests: (
    <>
      <circle cx="7" cy="7" r="5" />
      <circle cx="7" cy="7" r="1.5" fill="currentColor" />
    </>
  ),
  partial: (
    <>
      <circle cx="7" cy="7" r="5" />
      <path d="M7 2v5h5A5 5 0 0 0 7 2z" fill="currentColor" />
    </>
  ),
  held: <path d="M4 2.5h6v9H4zM6 5v4M8 5v4" />,
  unknown: (
    <>
      <path d="M7 1.25L12.75 7 7 12.75 1.25 7z" />
      <path d="M5.7 5.9c0-1.7 2.6-1.7 2.6 0 0 1-1.3 1.1-1.3 2M7 9.6v.2" strokeWidth="1.2" strokeLinecap="round" />
    </>
  ),
  refused: (
    <>
      <circle cx="7" cy="7" r="5" />
      <path d="M5.2 5.2l3.6 3.6M8.8 5.2L5.2 8.8" />
    </>
  ),
  ended: <circle cx="7" cy="7" r="3" />,
}

const inks: Readonly<Record<OrderLook, string>> = {
  flight: 'ink-2', rests: 'ink-1', partial: 'ink-1', held: 'ink-2', unknown: 'attn', refused: 'danger', ended: 'ink-3',
}

/** The sign of how an order stands; the word stands beside it. */
export const OrderSign = ({ order }: { readonly order: Pick<OrderView, 'status'> }): ReactNode => (
  <svg className="mode-shape" viewBox="0 0 14 14" aria-hidden="true">{shapes[lookOf(order)]}</svg>
)

export const orderLook = (order: Pick<OrderView, 'status'>): string => inks[lookOf(order)]
