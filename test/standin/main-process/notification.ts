import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { createPreventableEvent } from './preventable-event.ts'

type Copied = Pick<Electron.Notification, 'title' | 'subtitle' | 'body' | 'silent' | 'urgency' | 'show' | 'close'>

/** Every notification that was shown, oldest first, also after it was closed. */
export const shownNotifications: Notification[] = []

/** Electron's Notification; a test clicks it by emitting its events, as it may on the real one. */
export class Notification extends EventEmitter implements Copied {
  title: string
  subtitle: string
  body: string
  silent: boolean
  urgency: Electron.Notification['urgency']

  static isSupported(): boolean {
    return true
  }

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super()
    this.title = options.title ?? ''
    this.subtitle = options.subtitle ?? ''
    this.body = options.body ?? ''
    this.silent = options.silent ?? false
    this.urgency = options.urgency ?? 'normal'
  }

  show(): void {
    shownNotifications.push(this)
    this.emit('show', createPreventableEvent({}))
  }

  close(): void {
    this.emit('close', createPreventableEvent({}))
  }
}
