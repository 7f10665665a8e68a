import type * as Electron from 'electron'
import { readFileSync } from 'node:fs'
import type { SameArguments } from '../same-arguments.ts'

const pngSignature = '89504e470d0a1a0a'
const emptySize: Electron.Size = { width: 0, height: 0 }

type Copied = Pick<
  Electron.NativeImage,
  'isEmpty' | 'getSize' | 'getAspectRatio' | 'toPNG' | 'toDataURL' | 'isTemplateImage' | 'setTemplateImage'
>

/** Electron's NativeImage for PNG files, which are kept as they are: enough for an icon that nobody draws. */
export class NativeImage implements Copied {
  readonly #png: Buffer
  readonly #size: Electron.Size
  #isTemplate = false

  constructor(bytes: Buffer, size: Electron.Size = readPngSize(bytes)) {
    this.#png = bytes
    this.#size = size
  }

  isEmpty(): boolean {
    return this.#size.width === 0
  }

  getSize(): Electron.Size {
    return { ...this.#size }
  }

  getAspectRatio(): number {
    return this.isEmpty() ? 1 : this.#size.width / this.#size.height
  }

  toPNG(): Buffer {
    return this.#png
  }

  toDataURL(): string {
    return `data:image/png;base64,${this.#png.toString('base64')}`
  }

  /** The size changes, the picture does not. */
  resize({ width, height }: Electron.ResizeOptions): NativeImage {
    const scale = width === undefined ? (height ?? this.#size.height) / this.#size.height : width / this.#size.width
    const size = { width: width ?? Math.round(this.#size.width * scale), height: height ?? Math.round(this.#size.height * scale) }
    return new NativeImage(this.#png, this.isEmpty() ? emptySize : size)
  }

  isTemplateImage(): boolean {
    return this.#isTemplate
  }

  setTemplateImage(isTemplate: boolean): void {
    this.#isTemplate = isTemplate
  }
}

/** What is no PNG is an empty image, as with Electron. */
function readPngSize(bytes: Buffer): Electron.Size {
  const isPng = bytes.length >= 24 && bytes.toString('hex', 0, 8) === pngSignature
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : emptySize
}

function readImage(path: string): NativeImage {
  try {
    return new NativeImage(readFileSync(path))
  } catch {
    // Electron gives an empty image for a file that is not there; Tray is the one that complains.
    return new NativeImage(Buffer.alloc(0))
  }
}

export const nativeImage = {
  createEmpty: () => new NativeImage(Buffer.alloc(0)),
  createFromPath: readImage,
  createFromBuffer: (bytes: Buffer) => new NativeImage(bytes),
  createFromDataURL: (url: string) => new NativeImage(Buffer.from(url.replace(/^.*?,/, ''), 'base64')),
} satisfies SameArguments<
  typeof Electron.nativeImage,
  'createEmpty' | 'createFromPath' | 'createFromBuffer' | 'createFromDataURL'
>
