import { create } from 'zustand'

export type Dialog = 'palette' | 'resume' | 'settings' | 'about' | 'rotate-keys' | 'guide' | 'recovery-code' | 'passphrase' | 'why'

/** The names of the sentences for it. */
export type CoveredWord = 'screen.code.unknown' | 'screen.code.not-in-force'

interface Surface {
  /** One at most: a dialog over a dialog hides what it is about. */
  readonly dialog: Dialog | undefined
  /** What comes back when that one is closed. */
  readonly backTo: Dialog | undefined
  /** What a lock cut short, for whoever stands before it. */
  readonly cutShort: CoveredWord | undefined
  /** A word about something that was done, for a few seconds: never about orders or risk. */
  readonly notice: string | undefined
}

const noticeMs = 4_000

export const useSurface = create<Surface>()(() => ({ dialog: undefined, backTo: undefined, notice: undefined, cutShort: undefined }))

export const sayAfterCover = (word: CoveredWord): void => useSurface.setState({ cutShort: word })

/** Once the screens are open again it has been read. */
export const forgetCutShort = (): void => useSurface.setState({ cutShort: undefined })

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
