import { useState } from 'react'
import type { Reply } from '../../src-preload/contract/index.ts'

export interface Asking<Value> {
  readonly isWaiting: boolean
  /** What came of the last time; undefined before, and while it waits. */
  readonly reply: Reply<Value> | undefined
  ask(call: Promise<Reply<Value>>): Promise<Reply<Value>>
}

/** Something that is asked of the engine: whether the answer is still on its way, and what it was. */
export function useAsking<Value>(): Asking<Value> {
  const [isWaiting, setWaiting] = useState(false)
  const [reply, setReply] = useState<Reply<Value>>()
  return {
    isWaiting,
    reply,
    async ask(call) {
      setWaiting(true)
      setReply(undefined)
      const answered = await call
      setReply(answered)
      setWaiting(false)
      return answered
    },
  }
}
