import type { Access, CloseCause, Port } from '../../src-preload/contract/index.ts'
import type { Caller } from './handlers.ts'

/**
 * Many lines over one pipe between two processes: the browser host has the clients, the engine has the answers.
 * What comes from the pipe is trusted: it is the other half of the same program.
 */
export type PipeMessage =
  | { readonly channel: number; readonly open: { readonly access: Access; readonly peer: string } }
  | { readonly channel: number; readonly text: string }
  | { readonly channel: number; readonly close: CloseCause }

export interface Pipe {
  send(message: PipeMessage): void
  onMessage(listener: (message: PipeMessage) => void): void
}

export interface ChannelOpener {
  open(caller: Caller): Port
  /** The other process is gone: every line over the pipe goes with it. */
  closeAll(cause: CloseCause): void
}

interface ChannelEnd {
  readonly port: Port
  deliver(text: string): void
  remoteClosed(cause: CloseCause): void
}

/** The end where lines begin. */
export function openChannels(pipe: Pipe): ChannelOpener {
  const ends = new Map<number, ChannelEnd>()
  let lastChannel = 0
  pipe.onMessage((message) => route(ends, message))
  return {
    open(caller) {
      const channel = ++lastChannel
      const end = createEnd(pipe, channel, () => ends.delete(channel))
      ends.set(channel, end)
      pipe.send({ channel, open: { access: caller.access, peer: caller.peer } })
      return end.port
    },
    closeAll: (cause) => endAll(ends, cause),
  }
}

/** The end where lines arrive. What it returns ends them all: the process that had the clients is gone. */
export function acceptChannels(pipe: Pipe, accept: (port: Port, caller: Caller) => void): (cause: CloseCause) => void {
  const ends = new Map<number, ChannelEnd>()
  pipe.onMessage((message) => {
    if (!('open' in message)) return route(ends, message)
    const end = createEnd(pipe, message.channel, () => ends.delete(message.channel))
    ends.set(message.channel, end)
    accept(end.port, message.open)
  })
  return (cause) => endAll(ends, cause)
}

function endAll(ends: ReadonlyMap<number, ChannelEnd>, cause: CloseCause): void {
  for (const end of [...ends.values()]) end.remoteClosed(cause)
}

function route(ends: ReadonlyMap<number, ChannelEnd>, message: PipeMessage): void {
  const end = ends.get(message.channel)
  if (end === undefined) return
  if ('text' in message) end.deliver(message.text)
  else if ('close' in message) end.remoteClosed(message.close)
}

function createEnd(pipe: Pipe, channel: number, gone: () => void): ChannelEnd {
  const messages: ((text: string) => void)[] = []
  const closes: ((cause: CloseCause) => void)[] = []
  const early: string[] = []
  let isClosed = false
  const finish = (cause: CloseCause): void => {
    if (isClosed) return
    isClosed = true
    gone()
    for (const listener of closes) listener(cause)
  }
  return {
    port: {
      post: (text) => {
        if (!isClosed) pipe.send({ channel, text })
      },
      onMessage(listener) {
        messages.push(listener)
        for (const text of early.splice(0)) listener(text)
      },
      onClose: (listener) => void closes.push(listener),
      close(cause) {
        if (isClosed) return
        pipe.send({ channel, close: cause })
        finish(cause)
      },
    },
    deliver(text) {
      if (messages.length === 0) early.push(text)
      for (const listener of messages) listener(text)
    },
    remoteClosed: (cause) => finish(cause === 'closed' ? 'lost' : cause),
  }
}
