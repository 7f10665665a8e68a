import type { PreloadFace } from '../src-preload/contract/index.ts'

declare global {
  /** Put in by the build. */
  const BALLAST_VERSION: string

  interface Window {
    /** Only in the desktop window. */
    readonly ballast?: PreloadFace
  }
}
