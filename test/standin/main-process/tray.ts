import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import type { Menu } from './menu.ts'
import { type NativeImage, nativeImage } from './native-image.ts'
import { ensureReady } from './readiness.ts'

type Copied = Pick<
  Electron.Tray,
  | 'setToolTip' | 'setTitle' | 'getTitle' | 'getBounds' | 'destroy' | 'isDestroyed' | 'closeContextMenu'
  | 'setIgnoreDoubleClickEvents'
>

const livingTrays = new Set<Tray>()

export function allTrays(): readonly Tray[] {
  return [...livingTrays]
}

/** Electron's Tray. Nobody sees it; a test reads its menu and clicks in it. */
export class Tray extends EventEmitter implements Copied {
  toolTip = ''
  contextMenu: Menu | null = null
  image: NativeImage
  #title = ''

  constructor(image: NativeImage | string) {
    super()
    ensureReady('Cannot create Tray')
    this.image = load(image)
    livingTrays.add(this)
  }

  setImage(image: NativeImage | string): void {
    this.image = load(image)
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  setTitle(title: string): void {
    this.#title = title
  }

  getTitle(): string {
    return this.#title
  }

  setContextMenu(menu: Menu | null): void {
    this.contextMenu = menu
  }

  popUpContextMenu(menu: Menu | null = this.contextMenu): void {
    menu?.popup()
  }

  closeContextMenu(): void {
    this.contextMenu?.closePopup()
  }

  setIgnoreDoubleClickEvents(): void {}

  getBounds(): Electron.Rectangle {
    return { x: 0, y: 0, width: 24, height: 24 }
  }

  destroy(): void {
    livingTrays.delete(this)
  }

  isDestroyed(): boolean {
    return !livingTrays.has(this)
  }
}

function load(image: NativeImage | string): NativeImage {
  if (typeof image !== 'string') return image
  const loaded = nativeImage.createFromPath(image)
  if (loaded.isEmpty()) throw new Error(`Failed to load image from path '${image}'`)
  return loaded
}
