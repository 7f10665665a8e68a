import { useEffect, useState } from 'react'
import type { BridgeError, OrderView, TimelineStep } from '../../../src-preload/contract/index.ts'
import { useOrders } from '../../stores/trading-orders.ts'
import { useScreen } from '../../ui/screen-context.tsx'

export interface TimelineFacts {
  /** Undefined until they have come. */
  readonly steps: readonly TimelineStep[] | undefined
  /** As the engine has it; undefined where it has forgotten it. */
  readonly order: OrderView | undefined
  readonly error: BridgeError | undefined
}

/** The read model is a moment behind the engine. */
const settlesMs = 400
const askEveryMs = 3_000

/** The life of an order, asked for again whenever something happens to it. */
export function useTimeline(id: string): TimelineFacts {
  const { bridge } = useScreen()
  const live = useOrders((facts) => facts.orders.get(id))
  const [facts, setFacts] = useState<TimelineFacts>({ steps: undefined, order: undefined, error: undefined })
  useEffect(() => {
    let isEnded = false
    const ask = async (): Promise<void> => {
      const [timeline, order] = await Promise.all([bridge.call('trading.timeline', { order: id }), bridge.call('trading.order', { order: id })])
      if (isEnded) return
      setFacts((before) => ({
        steps: timeline.ok ? timeline.value.steps : before.steps,
        order: order.ok ? order.value.order : before.order,
        error: timeline.ok ? undefined : timeline.error,
      }))
    }
    void ask()
    let soon: ReturnType<typeof setTimeout> | undefined
    const endOrders = useOrders.subscribe((now, before) => {
      if (now.orders.get(id) === before.orders.get(id)) return
      clearTimeout(soon)
      soon = setTimeout(() => void ask(), settlesMs)
    })
    const timer = setInterval(() => void ask(), askEveryMs)
    return () => {
      isEnded = true
      endOrders()
      clearTimeout(soon)
      clearInterval(timer)
    }
  }, [bridge, id])
  return { ...facts, order: live ?? facts.order }
}
