import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { icnsPixels, packIcns, packIco, type RenderedIcon } from '../../build/packaging/icon-containers.ts'

const icons = join(import.meta.dirname, '../../resources/icons')
const read = (name: string): Buffer => readFileSync(join(icons, name))

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

function pngSize(png: Buffer): readonly [width: number, height: number] {
  if (!png.subarray(0, 8).equals(pngSignature)) throw new Error('not a PNG')
  return [png.readUInt32BE(16), png.readUInt32BE(20)]
}

/** No PNG, but bytes that tell one size from another, for where only the bytes matter. */
const standIn = (pixels: number): RenderedIcon => ({ pixels, png: Buffer.alloc(pixels, pixels % 251) })

function unpackIco(ico: Buffer): readonly RenderedIcon[] {
  expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1])
  return Array.from({ length: ico.readUInt16LE(4) }, (_, index) => {
    const entry = ico.subarray(6 + 16 * index)
    const offset = entry.readUInt32LE(12)
    expect(entry.readUInt8(0)).toBe(entry.readUInt8(1))
    return { pixels: entry.readUInt8(0) || 256, png: ico.subarray(offset, offset + entry.readUInt32LE(8)) }
  })
}

function unpackIcns(icns: Buffer): readonly (readonly [type: string, png: Buffer])[] {
  expect(icns.toString('latin1', 0, 4)).toBe('icns')
  expect(icns.readUInt32BE(4)).toBe(icns.length)
  const blocks: [string, Buffer][] = []
  for (let at = 8; at < icns.length; at += icns.readUInt32BE(at + 4)) {
    blocks.push([icns.toString('latin1', at, at + 4), icns.subarray(at + 8, at + icns.readUInt32BE(at + 4))])
  }
  return blocks
}

describe('the containers of icons', () => {
  it('give back every size of an ico as it went in', () => {
    const sizes = [16, 48, 256].map(standIn)
    expect(unpackIco(packIco(sizes))).toEqual(sizes)
  })

  it('give back every size of an icns, under each type that uses it', () => {
    const blocks = unpackIcns(packIcns(icnsPixels.map(standIn)))
    expect(blocks.map(([type, png]) => [type, png.length])).toEqual([
      ['ic11', 32],
      ['ic12', 64],
      ['ic07', 128],
      ['ic13', 256],
      ['ic08', 256],
      ['ic14', 512],
      ['ic09', 512],
      ['ic10', 1024],
    ])
  })

  it('refuse an icns without one of its sizes', () => {
    expect(() => packIcns(icnsPixels.filter((pixels) => pixels !== 512).map(standIn))).toThrow('512')
  })
})

describe('the committed icons', () => {
  it('have the size their names say', () => {
    const names = readdirSync(join(icons, 'linux'))
    expect(names.length).toBe(8)
    for (const name of names) expect(pngSize(read(`linux/${name}`)), name).toEqual([Number.parseInt(name), Number.parseInt(name)])
    expect(pngSize(read('ballast-1024.png'))).toEqual([1024, 1024])
    for (const name of readdirSync(join(icons, 'tray'))) {
      const pixels = name.includes('@2x') ? 32 : 16
      expect(pngSize(read(`tray/${name}`)), name).toEqual([pixels, pixels])
    }
  })

  it('are whole in the ico and the icns', () => {
    const ico = unpackIco(read('ballast.ico'))
    expect(ico.map(({ pixels }) => pixels)).toEqual([16, 24, 32, 48, 64, 128, 256])
    for (const { pixels, png } of ico) expect(png.equals(read(`linux/${pixels}.png`)), `${pixels} px`).toBe(true)
    const sizes = unpackIcns(read('ballast.icns')).map(([, png]) => pngSize(png)[0])
    expect(sizes).toEqual([32, 64, 128, 256, 256, 512, 512, 1024])
  })

  it('show a halted tray differently from a running one', () => {
    const pairs = [['tray', 'tray-halted'], ['trayTemplate', 'trayHaltedTemplate']] as const
    for (const [running, halted] of pairs) {
      for (const suffix of ['.png', '@2x.png']) {
        expect(read(`tray/${running}${suffix}`).equals(read(`tray/${halted}${suffix}`))).toBe(false)
      }
    }
  })

  it('have the drawings they were made from beside them', () => {
    const drawings = ['ballast.svg', 'ballast-small.svg', 'ballast-small-halted.svg', 'tray.svg', 'tray-halted.svg']
    for (const name of drawings) expect(existsSync(join(icons, name)), name).toBe(true)
  })
})
