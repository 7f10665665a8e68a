import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'

type Copied = Pick<
  Electron.NativeTheme,
  'themeSource' | 'shouldUseDarkColors' | 'shouldUseHighContrastColors' | 'inForcedColorsMode' | 'prefersReducedTransparency'
>

/** Electron's nativeTheme on a dark desktop. Pages are not told; the test runner says which scheme they prefer. */
class NativeTheme extends EventEmitter implements Copied {
  readonly shouldUseHighContrastColors = false
  readonly inForcedColorsMode = false
  readonly prefersReducedTransparency = false
  #source: Electron.NativeTheme['themeSource'] = 'system'

  get themeSource(): Electron.NativeTheme['themeSource'] {
    return this.#source
  }

  set themeSource(source: Electron.NativeTheme['themeSource']) {
    if (source === this.#source) return
    this.#source = source
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source !== 'light'
  }
}

export const nativeTheme = new NativeTheme()
