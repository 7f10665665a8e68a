import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { lockWhenLeftAlone } from '../../../../src-renderer/app/auto-lock.ts'
import { useBooks } from '../../../../src-renderer/stores/books.ts'

const page = new EventTarget()
const minute = 60_000
const channel = Object.assign(new EventTarget(), { postMessage: (word: unknown) => void words.push(word) })
/** From another window of this program. */
const hear = (data: unknown): void => void channel.dispatchEvent(new MessageEvent('message', { data }))
let words: unknown[] = []
let locks = 0
let stop = (): void => undefined

const set = (screen: 'open' | 'locked' | 'without-lock', lockAfterMinutes = 2): void =>
  // Only these two of all that the engine tells are looked at.
  useBooks.setState({ status: { screen, lockAfterMinutes } as never })

describe('screens that are left alone', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    locks = 0
    words = []
    set('open')
    stop = lockWhenLeftAlone(page as Window, channel as never, () => void (locks += 1))
  })
  afterEach(() => {
    stop()
    vi.useRealTimers()
  })

  it('lock after as long as the settings say, and not before', () => {
    vi.advanceTimersByTime(2 * minute - 5_000)
    expect(locks).toBe(0)
    vi.advanceTimersByTime(10_000)
    expect(locks).toBeGreaterThan(0)
  })

  it.each(['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'])('stay open after a %s', (sign) => {
    vi.advanceTimersByTime(1.5 * minute)
    page.dispatchEvent(new Event(sign))
    vi.advanceTimersByTime(1.5 * minute)
    expect(locks).toBe(0)
  })

  it.each([['never, by the settings', 'open', 0], ['where nothing could unlock them', 'without-lock', 2], ['twice', 'locked', 2]] as const)(
    'do not lock %s', (_why, screen, minutes) => {
      set(screen, minutes)
      vi.advanceTimersByTime(60 * minute)
      expect(locks).toBe(0)
    })

  it('count anew from the moment they were unlocked, from wherever that was', () => {
    set('locked')
    vi.advanceTimersByTime(30 * minute)
    set('open')
    vi.advanceTimersByTime(minute)
    expect(locks).toBe(0)
  })

  it('stay open while somebody works in another window, and lock when he has left that one too', () => {
    for (let minutes = 0; minutes < 10; minutes++) {
      vi.advanceTimersByTime(minute)
      hear({ kind: 'touched' })
    }
    expect(locks).toBe(0)
    vi.advanceTimersByTime(2 * minute + 5_000)
    expect(locks).toBeGreaterThan(0)
  })

  it('are not held open by another word', () => {
    for (const word of [undefined, null, 'touched', { kind: 'here', panel: 'tape' }]) {
      vi.advanceTimersByTime(minute)
      hear(word)
    }
    expect(locks).toBeGreaterThan(0)
  })

  it('tell the other windows of a touch, at most once a second', () => {
    for (let count = 0; count < 30; count++) {
      page.dispatchEvent(new Event('pointermove'))
      vi.advanceTimersByTime(100)
    }
    expect(words).toEqual([{ kind: 'touched' }, { kind: 'touched' }, { kind: 'touched' }])
  })

  it('are let go of when the screen ends', () => {
    stop()
    vi.advanceTimersByTime(60 * minute)
    expect(locks).toBe(0)
  })
})
