import { useSyncExternalStore } from 'react'
import { onTick } from './ticker.ts'

/** What depends on time alone, such as whether something has become too old. Renders only when the answer changes. */
export const useTicked = <Value extends string | number | boolean | undefined>(read: (now: number) => Value): Value =>
  useSyncExternalStore(onTick, () => read(performance.now()))
