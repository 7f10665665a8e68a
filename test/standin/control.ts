import { type DialogKind, type DialogKinds, dialogScript, type ShownDialog } from './main-process/dialog.ts'
import { pressGlobalShortcut, registeredShortcuts, takeShortcut } from './main-process/global-shortcut.ts'
import { choose, Menu, type MenuOutline, outlineOf } from './main-process/menu.ts'
import { shownNotifications } from './main-process/notification.ts'
import { askPermission, type CheckedPermission } from './main-process/permissions.ts'
import { activePowerSaveBlockers } from './main-process/power.ts'
import { desktopRequests } from './main-process/shell.ts'
import { allTrays, type Tray } from './main-process/tray.ts'
import { uncaughtErrors } from './main-process/uncaught-errors.ts'
import { allWebContents } from './main-process/web-contents-registry.ts'

/** What a test reads and does where a person would look at the desktop and use it. Everything it returns is plain data. */
export interface StandinControl {
  readonly openedUrls: readonly string[]
  readonly openedPaths: readonly string[]
  readonly shownItems: readonly string[]
  readonly uncaughtErrors: readonly string[]
  readonly shownDialogs: readonly ShownDialog[]
  /** The answer to the next dialog of that kind; without one it is dismissed, as by the Escape key. */
  answerNextDialog<Kind extends DialogKind>(kind: Kind, answer: DialogKinds[Kind]['answer']): void

  notifications(): readonly { readonly title: string; readonly body: string }[]
  clickNotification(index: number): void

  trays(): readonly { readonly toolTip: string; readonly title: string; readonly menu: readonly MenuOutline[] }[]
  clickTray(index?: number): void
  chooseFromTray(idOrLabel: string, index?: number): void

  applicationMenu(): readonly MenuOutline[]
  chooseFromMenu(idOrLabel: string): void

  registeredShortcuts(): readonly string[]
  /** False when nobody registered these keys. */
  pressGlobalShortcut(accelerator: string): boolean
  /** Another program has these keys: the app's own registering fails. */
  takeShortcut(accelerator: string): void

  activePowerSaveBlockers(): readonly string[]
  /** Asks the app's permission handlers in the name of a page, the first one unless its id is given. */
  askPermission(permission: CheckedPermission, webContentsId?: number): Promise<boolean>
}

function tray(index = 0): Tray {
  const found = allTrays()[index]
  if (found === undefined) throw new Error(`there is no tray icon ${index}`)
  return found
}

const control: StandinControl = {
  openedUrls: desktopRequests.openedUrls,
  openedPaths: desktopRequests.openedPaths,
  shownItems: desktopRequests.shownItems,
  uncaughtErrors,
  shownDialogs: dialogScript.shown,
  answerNextDialog: (kind, answer) => dialogScript.answerNext(kind, answer),
  notifications: () => shownNotifications.map(({ title, body }) => ({ title, body })),
  clickNotification: (index) => void shownNotifications[index]?.emit('click', {}),
  trays: () => allTrays().map((each) => ({ toolTip: each.toolTip, title: each.getTitle(), menu: outlineOf(each.contextMenu) })),
  clickTray: (index) => void tray(index).emit('click', {}, tray(index).getBounds(), { x: 0, y: 0 }),
  chooseFromTray: (idOrLabel, index) => choose(tray(index).contextMenu, idOrLabel),
  applicationMenu: () => outlineOf(Menu.getApplicationMenu()),
  chooseFromMenu: (idOrLabel) => choose(Menu.getApplicationMenu(), idOrLabel),
  registeredShortcuts,
  pressGlobalShortcut,
  takeShortcut,
  activePowerSaveBlockers,
  askPermission(permission, webContentsId) {
    const contents = [...allWebContents].find((each) => webContentsId === undefined || each.id === webContentsId)
    if (contents === undefined) throw new Error('there is no such page')
    return askPermission(contents, permission)
  },
}

declare global {
  /** In the main process of the stand-in; undefined in the real Electron. */
  var ballastStandin: StandinControl | undefined
}

globalThis.ballastStandin = control
