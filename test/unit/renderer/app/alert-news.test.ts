import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AlertView } from '../../../../src-preload/contract/index.ts'
import { tellNews } from '../../../../src-renderer/app/alert-news.ts'

interface Told { readonly body: string; readonly tag: string; readonly requireInteraction: boolean }

const told: Told[] = []
const tones: number[] = []
const notes: EventTarget[] = []

class SystemNotification extends EventTarget {
  static permission = 'granted'
  constructor(_title: string, options: Told) {
    super()
    told.push(options)
    notes.push(this)
  }
}

class Sound {
  currentTime = 0
  destination = {}
  createOscillator = () => ({
    frequency: { set value(pitch: number) { tones.push(pitch) } }, connect: (next: unknown) => next, start: () => undefined, stop: () => undefined,
  })
  createGain = () => ({ gain: { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined }, connect: (next: unknown) => next })
}

let focused = 0
const page = { Notification: SystemNotification, focus: () => void (focused += 1) } as unknown as Window
const alert = (severity: AlertView['severity'], id = 'one'): AlertView => ({
  id, rule: 'disk-low', severity, state: 'raised', raisedAt: 1, lastAt: 1, count: 1, details: { megabytes: 812 }, runbook: null, changedBy: null,
  snoozedUntil: null, clearedAt: null,
})
const wishes = (desktop: boolean, sound: boolean) => ({ alerts: [], channels: [], desktop, sound })

describe('news of alerts', () => {
  beforeEach(() => {
    told.length = tones.length = notes.length = focused = 0
    SystemNotification.permission = 'granted'
    vi.stubGlobal('Notification', SystemNotification)
    vi.stubGlobal('AudioContext', Sound)
  })
  afterEach(() => vi.unstubAllGlobals())

  it('is shown by the desktop in the words of the catalogue, and stays there only when it is critical', () => {
    tellNews(page, [alert('warning', 'a'), alert('critical', 'b')], wishes(true, false))
    expect(told).toEqual([
      { body: 'Only 812 MB are free on the disk of the books.', tag: 'a', requireInteraction: false },
      { body: 'Only 812 MB are free on the disk of the books.', tag: 'b', requireInteraction: true },
    ])
    expect(tones).toEqual([])
    notes[0]?.dispatchEvent(new Event('click'))
    expect(focused).toBe(1)
  })

  it.each([['the settings do not want it', false, 'granted'], ['the browser was not asked', true, 'default'], ['the browser forbids it', true, 'denied']])(
    'is not shown by the desktop when %s', (_why, desktop, permission) => {
      SystemNotification.permission = permission
      tellNews(page, [alert('critical')], wishes(desktop, false))
      expect(told).toEqual([])
    })

  it('is heard once however many come at once, three tones when one is critical', () => {
    tellNews(page, [alert('warning', 'a'), alert('warning', 'b')], wishes(false, true))
    expect(tones).toHaveLength(2)
    tellNews(page, [alert('warning', 'c'), alert('critical', 'd')], wishes(false, true))
    expect(tones).toHaveLength(5)
  })

  it('makes no sound for a mere note, nor where the settings want none', () => {
    tellNews(page, [alert('info')], wishes(false, true))
    tellNews(page, [alert('critical')], wishes(false, false))
    expect(tones).toEqual([])
  })
})
