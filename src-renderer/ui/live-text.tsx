import { useLayoutEffect, useRef, type ReactNode } from 'react'
import { onTick } from './ticker.ts'

interface LiveTextProps {
  /** Reads the stores itself, at most ten times a second; React is not told. */
  readonly read: (now: number) => string
  readonly className?: string | undefined
  /** Room for this many digits, so that nothing beside it moves. */
  readonly digits?: number
  readonly label?: string
}

/** A figure that changes by itself: an age, a clock, a latency. */
export function LiveText({ read, className = '', digits, label }: LiveTextProps): ReactNode {
  const element = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const write = (now: number): void => {
      const text = read(now)
      if (element.current !== null && element.current.textContent !== text) element.current.textContent = text
    }
    write(performance.now())
    return onTick(write)
  }, [read])
  const style = digits === undefined ? undefined : { minWidth: `${digits}ch` }
  return <span ref={element} className={`live-text ${className}`} style={style} data-figure aria-label={label} />
}
