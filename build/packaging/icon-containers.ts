/** An icon rendered at one size, as the bytes of a PNG file. */
export interface RenderedIcon {
  readonly pixels: number
  readonly png: Buffer
}

const icoHeaderBytes = 6
const icoEntryBytes = 16

/** Windows .ico: a directory of sizes followed by the PNG files themselves, which Windows has read since Vista. */
export function packIco(icons: readonly RenderedIcon[]): Buffer {
  const header = Buffer.alloc(icoHeaderBytes)
  header.writeUInt16LE(1, 2)
  header.writeUInt16LE(icons.length, 4)
  let offset = icoHeaderBytes + icoEntryBytes * icons.length
  const entries = icons.map(({ pixels, png }) => {
    const entry = Buffer.alloc(icoEntryBytes)
    // The width is one byte, and 0 stands for 256.
    entry.writeUInt8(pixels % 256, 0)
    entry.writeUInt8(pixels % 256, 1)
    entry.writeUInt16LE(1, 4)
    entry.writeUInt16LE(32, 6)
    entry.writeUInt32LE(png.length, 8)
    entry.writeUInt32LE(offset, 12)
    offset += png.length
    return entry
  })
  return Buffer.concat([header, ...entries, ...icons.map(({ png }) => png)])
}

/**
 * The icns types that hold a PNG of this many pixels; several where the same pixels serve a plain and a retina size.
 * Left out on purpose: icp4 and icp5 (16 and 32 points at 1x), which some macOS versions read as JPEG 2000 only.
 */
const icnsTypes: readonly (readonly [type: string, pixels: number])[] = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
]

/** The sizes packIcns needs. */
export const icnsPixels: readonly number[] = [...new Set(icnsTypes.map(([, pixels]) => pixels))]

/** macOS .icns: a magic word, the total length, then type, length and PNG of each size, all big-endian. */
export function packIcns(icons: readonly RenderedIcon[]): Buffer {
  const bySize = new Map(icons.map(({ pixels, png }) => [pixels, png]))
  const blocks = icnsTypes.map(([type, pixels]) => {
    const png = bySize.get(pixels)
    if (png === undefined) throw new Error(`An icns needs the icon at ${pixels} pixels`)
    return block(type, png)
  })
  return block('icns', Buffer.concat(blocks))
}

function block(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(type, 'latin1')
  head.writeUInt32BE(content.length + head.length, 4)
  return Buffer.concat([head, content])
}
