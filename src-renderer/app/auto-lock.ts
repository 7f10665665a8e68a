import { useBooks } from '../stores/books.ts'

const lookEachMs = 5_000
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const

/**
 * Locks the screens when nobody has touched this one for as long as the settings say. Without a passphrase nothing could
 * unlock them, so then it does nothing.
 */
export function lockWhenLeftAlone(page: Window, lockNow: () => void): () => void {
  let touchedAt = performance.now()
  const touched = (): void => void (touchedAt = performance.now())
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
    for (const sign of signs) page.removeEventListener(sign, touched, { capture: true })
  }
}
