import type * as Electron from 'electron'
import type { PreventableEvent } from './preventable-event.ts'

// What the doubles emit. Of each object that goes with an event, the part that listeners were seen to need is promised.
type Contents = Pick<Electron.WebContents, 'id' | 'getURL' | 'isDestroyed'>
type Window = Pick<Electron.BrowserWindow, 'id' | 'getTitle' | 'isDestroyed'>
type Navigation = PreventableEvent<{ readonly url: string; readonly isMainFrame: boolean; readonly isSameDocument: boolean }>
type Gone = Pick<Electron.RenderProcessGoneDetails, 'reason' | 'exitCode'>
type ProcessGone = Pick<Electron.Details, 'type' | 'reason' | 'exitCode' | 'name' | 'serviceName'>
type WillNavigate = [event: Navigation, url: string, isInPlace: boolean, isMainFrame: boolean, process: number, routing: number]
type DidFail = [code: number, description: string, url: string, isMainFrame: boolean, processId: number, routingId: number]

interface ConsoleMessage {
  readonly level: string
  readonly message: string
  readonly lineNumber: number
  readonly sourceId: string
  readonly frame: object
}

export interface AppEvents {
  'will-finish-launching': []
  'ready': [event: PreventableEvent, launchInfo: object]
  'second-instance': [event: PreventableEvent, argv: string[], workingDirectory: string, additionalData: unknown]
  'activate': [event: PreventableEvent, hasVisibleWindows: boolean]
  'before-quit': [event: PreventableEvent]
  'will-quit': [event: PreventableEvent]
  'quit': [event: PreventableEvent, exitCode: number]
  'window-all-closed': []
  'web-contents-created': [event: PreventableEvent, contents: Contents]
  'browser-window-created': [event: PreventableEvent, window: Window]
  'browser-window-focus': [event: PreventableEvent, window: Window]
  'browser-window-blur': [event: PreventableEvent, window: Window]
  'render-process-gone': [event: PreventableEvent, contents: Contents, details: Gone]
  'child-process-gone': [event: PreventableEvent, details: ProcessGone]
}

export interface WebContentsEvents {
  'did-navigate': [event: PreventableEvent, url: string, httpResponseCode: number, httpStatusText: string]
  'did-navigate-in-page': [event: PreventableEvent, url: string, isMainFrame: boolean, processId: number, routingId: number]
  'dom-ready': []
  'did-finish-load': []
  'did-stop-loading': []
  'did-fail-load': [event: PreventableEvent, ...DidFail]
  'will-navigate': WillNavigate
  'will-frame-navigate': [event: Navigation]
  'will-redirect': WillNavigate
  'page-title-updated': [event: PreventableEvent, title: string, isExplicit: boolean]
  'console-message': [message: ConsoleMessage]
  'preload-error': [event: PreventableEvent, path: string, error: Error]
  'render-process-gone': [event: PreventableEvent, details: Gone]
  'destroyed': []
}

export interface BrowserWindowEvents {
  'ready-to-show': []
  'show': []
  'hide': []
  'focus': []
  'blur': []
  'minimize': []
  'restore': []
  'maximize': []
  'unmaximize': []
  'enter-full-screen': []
  'leave-full-screen': []
  'resize': []
  'resized': []
  'page-title-updated': [event: PreventableEvent, title: string, isExplicit: boolean]
  'close': [event: PreventableEvent]
  'closed': []
}

export interface UtilityProcessEvents {
  spawn: []
  message: [message: unknown]
  exit: [code: number]
}
