import { create } from 'zustand'
import type { BooksStatus } from '../../src-preload/contract/index.ts'

/** How the books do; undefined until the engine has said so. */
export interface BooksFacts {
  readonly status: BooksStatus | undefined
  /** They have been opening for longer than a moment, or somebody waits for it where no desk may be seen. */
  readonly isOpeningLong: boolean
  /** They are opened again after this screen has seen them open and not locked. */
  readonly isReopening: boolean
}

/** What opens faster than this opens without a word. */
const momentMs = 400

export const useBooks = create<BooksFacts>()(() => ({ status: undefined, isOpeningLong: false, isReopening: false }))

let moment: ReturnType<typeof setTimeout> | undefined

export function takeBooks(status: BooksStatus): void {
  const before = useBooks.getState()
  if (status.state !== 'opening') {
    clearTimeout(moment)
    moment = undefined
    return useBooks.setState({ status, isOpeningLong: false, isReopening: false })
  }
  // An engine that comes back opens books that this screen has seen open: the desk stays as it is, and says how old it is.
  if (before.status?.state === 'open' && before.status.screen !== 'locked') return useBooks.setState({ status, isReopening: true })
  if (before.isReopening) return useBooks.setState({ status })
  // Whoever has just given a passphrase is not shown an empty desk in between, and whoever locked it not the desk.
  const isWaitedFor = before.status?.state === 'closed' || before.status?.screen === 'locked'
  useBooks.setState({ status, isOpeningLong: before.isOpeningLong || isWaitedFor })
  moment ??= setTimeout(() => {
    moment = undefined
    if (useBooks.getState().status?.state === 'opening') useBooks.setState({ isOpeningLong: true })
  }, momentMs)
}

/** What stands between the trader and his workspace. */
export type Cover =
  /** The screens are locked; the engine works on. */
  | 'locked'
  /** There is no engine yet, because its books are closed. */
  | 'closed'
  /** There is no engine yet, because its books are being opened. */
  | 'opening'

export function coverOf({ status, isOpeningLong }: BooksFacts): Cover | undefined {
  if (status === undefined) return undefined
  if (status.screen === 'locked') return 'locked'
  if (status.state === 'closed') return 'closed'
  return status.state === 'opening' && isOpeningLong ? 'opening' : undefined
}

export const isCovered = (): boolean => coverOf(useBooks.getState()) !== undefined

export const useIsCovered = (): boolean => useBooks((facts) => coverOf(facts) !== undefined)
