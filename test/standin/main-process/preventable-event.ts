import type * as Electron from 'electron'

/** What Electron hands to listeners that may say no. */
export type PreventableEvent<Details extends object = object> = Details & Refusable

type Refusable = Pick<Electron.Event, 'preventDefault' | 'defaultPrevented'>

export function createPreventableEvent<Details extends object>(details: Details): PreventableEvent<Details> {
  let isPrevented = false
  const refusable: Refusable = {
    preventDefault: () => void (isPrevented = true),
    get defaultPrevented() {
      return isPrevented
    },
  }
  // Onto the object with the getter: the other way round its value would be copied.
  return Object.assign(refusable, details)
}
