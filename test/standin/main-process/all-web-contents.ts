import type * as Electron from 'electron'
import type { SameArguments } from '../same-arguments.ts'
import type { WebContents } from './web-contents.ts'
import { allWebContents, findByTarget } from './web-contents-registry.ts'
import { focusedWindow } from './window-registry.ts'

/** Electron's `webContents` module: the ways to find a page. */
export const webContents = {
  getAllWebContents: (): readonly WebContents[] => [...allWebContents],
  getFocusedWebContents: (): WebContents | null => focusedWindow()?.webContents ?? null,
  fromId: (id: number): WebContents | undefined => [...allWebContents].find((contents) => contents.id === id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined => findByTarget(targetId),
} satisfies SameArguments<
  typeof Electron.webContents,
  'getAllWebContents' | 'getFocusedWebContents' | 'fromId' | 'fromDevToolsTargetId'
>
