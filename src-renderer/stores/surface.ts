import { create } from 'zustand'

export type Dialog = 'palette' | 'resume' | 'settings' | 'about' | 'rotate-keys' | 'guide' | 'recovery-code' | 'passphrase'

interface Surface {
  /** One at most: a dialog over a dialog hides what it is about. */
  readonly dialog: Dialog | undefined
  /** What comes back when that one is closed. */
  readonly backTo: Dialog | undefined
  /** A word about something that was done, for a few seconds: never about orders or risk. */
  readonly notice: string | undefined
}

const noticeMs = 4_000

export const useSurface = create<Surface>()(() => ({ dialog: undefined, backTo: undefined, notice: undefined }))

export const openDialog = (dialog: Dialog): void => useSurface.setState({ dialog, backTo: undefined })

/** Opens one that leads back to the one that is open now. */
export const openDialogFromHere = (dialog: Dialog): void => useSurface.setState((surface) => ({ dialog, backTo: surface.dialog }))

export const closeDialog = (): void => useSurface.setState(({ backTo }) => ({ dialog: backTo, backTo: undefined }))

export function showNotice(notice: string): void {
  useSurface.setState({ notice })
  setTimeout(() => {
    if (useSurface.getState().notice === notice) useSurface.setState({ notice: undefined })
  }, noticeMs)
}
