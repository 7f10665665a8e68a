import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import { ensureReady } from './readiness.ts'

/** The one display there is. */
export const workArea: Electron.Rectangle = { x: 0, y: 0, width: 1920, height: 1080 }

type DoubledDisplay = Pick<
  Electron.Display,
  'id' | 'label' | 'bounds' | 'workArea' | 'size' | 'workAreaSize' | 'scaleFactor' | 'rotation' | 'internal' | 'touchSupport'
>

const display: DoubledDisplay = {
  id: 1,
  label: 'stand-in',
  bounds: workArea,
  workArea,
  size: { width: workArea.width, height: workArea.height },
  workAreaSize: { width: workArea.width, height: workArea.height },
  scaleFactor: 1,
  rotation: 0,
  internal: true,
  touchSupport: 'unavailable',
}

/** Electron's screen, with one display that never changes. */
class Screen extends EventEmitter implements Pick<Electron.Screen, 'getCursorScreenPoint'> {
  getPrimaryDisplay(): DoubledDisplay {
    ensureReady('The screen module can not be used')
    return display
  }

  getAllDisplays(): readonly DoubledDisplay[] {
    return [this.getPrimaryDisplay()]
  }

  getDisplayMatching(): DoubledDisplay {
    return this.getPrimaryDisplay()
  }

  getDisplayNearestPoint(): DoubledDisplay {
    return this.getPrimaryDisplay()
  }

  getCursorScreenPoint(): Electron.Point {
    return { x: 0, y: 0 }
  }
}

export const screen = new Screen()
