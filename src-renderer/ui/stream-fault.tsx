import { useSyncExternalStore, type ReactNode } from 'react'
import type { BridgeError } from '../../src-preload/contract/index.ts'
import { translateError } from '../../src-preload/contract/text/index.ts'
import type { Hold } from '../stores/market-hold.ts'
import { Button } from './button.tsx'
import { useScreen } from './screen-context.tsx'
import { onTick } from './ticker.ts'
import { useLocale, useText } from './use-text.ts'

interface StreamFaultProps {
  readonly hold: Hold
  readonly read: () => BridgeError | undefined
}

/** A stream of the market that ended and is not opened again by itself: why, and the way back. */
export function StreamFault({ hold, read }: StreamFaultProps): ReactNode {
  const text = useText()
  const locale = useLocale()
  const { bridge } = useScreen()
  const error = useSyncExternalStore(onTick, read)
  if (error === undefined) return null
  return (
    <div className="market-failed" role="alert">
      <p className="danger med">{text('screen.market.failed')}</p>
      <p className="ink-2">{translateError(locale, error)}</p>
      <Button look="ghost" onClick={() => hold.restart(bridge)}>{text('screen.market.again')}</Button>
    </div>
  )
}
