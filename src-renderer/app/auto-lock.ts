import { useBooks } from '../stores/books.ts'
import { isRecord } from '../stores/kept-text.ts'

const lookEachMs = 5_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/** Often enough for minutes to be counted by, and seldom enough to be no work. */
const tellEachMs = 1_000
const word = 'touched'

type TouchChannel = Pick<BroadcastChannel, 'postMessage' | 'addEventListener' | 'removeEventListener'>

/**
 * Locks the screens when nobody has touched any window of this program for as long as the settings say: whoever works in one is
 * not locked out by another. Without a passphrase nothing could unlock them, so then it does nothing.
 */
export function lockWhenLeftAlone(page: Window, channel: TouchChannel, lockNow: () => void): () => void {
  let touchedAt = performance.now()
  let toldAt = Number.NEGATIVE_INFINITY
  const touched = (): void => {
    touchedAt = performance.now()
    if (touchedAt - toldAt < tellEachMs) return
    toldAt = touchedAt
    channel.postMessage({ kind: word })
  }
  // By this page's own clock: those of two pages have nothing in common.
  const hear = ({ data }: MessageEvent<unknown>): void => {
    if (isRecord(data) && data['kind'] === word) touchedAt = performance.now()
  }
  channel.addEventListener('message', hear)
  for (const sign of signs) page.addEventListener(sign, touched, { passive: true, capture: true })
  const timer = setInterval(() => {
    const { status } = useBooks.getState()
    if (status === undefined || status.screen !== 'open' || status.lockAfterMinutes === 0) return
    if (performance.now() - touchedAt < status.lockAfterMinutes * 60_000) return
    lockNow()
  }, lookEachMs)
  // Whoever has just unlocked it is there.
  const stop = useBooks.subscribe(({ status }, before) => {
    if (before.status?.screen === 'locked' && status?.screen === 'open') touched()
  })
  return () => {
    clearInterval(timer)
    stop()
    channel.removeEventListener('message', hear)
    for (const sign of signs) page.removeEventListener(sign, touched, { capture: true })
  }
}
