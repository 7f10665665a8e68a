import type * as Electron from 'electron'

/** What the app asked the desktop to do. Nothing of it is done. */
export const desktopRequests = {
  openedUrls: [] as string[],
  openedPaths: [] as string[],
  shownItems: [] as string[],
  trashedItems: [] as string[],
}

export const shell = {
  openExternal: async (url: string) => void desktopRequests.openedUrls.push(url),
  openPath: async (path: string) => {
    desktopRequests.openedPaths.push(path)
    // Electron's way to say that all went well.
    return ''
  },
  showItemInFolder: (path: string) => void desktopRequests.shownItems.push(path),
  trashItem: async (path: string) => void desktopRequests.trashedItems.push(path),
  beep: () => undefined,
} satisfies Pick<typeof Electron.shell, 'openExternal' | 'openPath' | 'showItemInFolder' | 'trashItem' | 'beep'>
