/**
 * Draws every raster of resources/icons from the SVG files beside them; the results are committed, so that neither a
 * build nor a test needs a browser for them. Run after changing a drawing: `npm run write:icons`.
 * `BALLAST_CHROMIUM` names another Chromium than the one Playwright downloads.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { icnsPixels, packIcns, packIco, type RenderedIcon } from './icon-containers.ts'

const folder = join(import.meta.dirname, '../../resources/icons')

const linuxPixels = [16, 24, 32, 48, 64, 128, 256, 512]
const windowsPixels = [16, 24, 32, 48, 64, 128, 256]
/** Up to here the drawing on the pixel grid is clearer than the full one scaled down. */
const smallUpTo = 32

// macOS wants its icons in a rounded square of 824 in 1024; the drawing fills 240 of 256.
const macScale = 824 / 1024 / (240 / 256)

interface Tray {
  readonly drawing: string
  readonly name: string
}

/** A name that ends in Template is what tells macOS to colour the black drawing itself. */
const trays: readonly Tray[] = [
  { drawing: 'tray.svg', name: 'trayTemplate' },
  { drawing: 'tray-halted.svg', name: 'trayHaltedTemplate' },
  { drawing: 'ballast-small.svg', name: 'tray' },
  { drawing: 'ballast-small-halted.svg', name: 'tray-halted' },
]

async function draw(browser: Browser, drawing: string, pixels: number, scale = 1): Promise<RenderedIcon> {
  const svg = readFileSync(join(folder, drawing)).toString('base64')
  const page = await browser.newPage({ viewport: { width: pixels, height: pixels }, deviceScaleFactor: 1 })
  const side = pixels * scale
  const margin = (pixels - side) / 2
  await page.setContent(
    `<style>html,body{margin:0;background:none}img{display:block;margin:${margin}px;width:${side}px;height:${side}px}</style>` +
      `<img src="data:image/svg+xml;base64,${svg}">`,
    { waitUntil: 'load' },
  )
  const png = await page.screenshot({ omitBackground: true })
  await page.close()
  return { pixels, png }
}

function write(name: string, content: Buffer): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

const drawingFor = (pixels: number): string => (pixels <= smallUpTo ? 'ballast-small.svg' : 'ballast.svg')

async function drawAll(browser: Browser): Promise<void> {
  const plain = new Map<number, RenderedIcon>()
  for (const pixels of new Set([...linuxPixels, ...windowsPixels, 1024])) {
    plain.set(pixels, await draw(browser, drawingFor(pixels), pixels))
  }
  const rendered = (sizes: readonly number[]): readonly RenderedIcon[] =>
    [...plain.values()].filter(({ pixels }) => sizes.includes(pixels))

  for (const { pixels, png } of rendered(linuxPixels)) write(`linux/${pixels}.png`, png)
  for (const { pixels, png } of rendered([1024])) write(`ballast-${pixels}.png`, png)
  write('ballast.ico', packIco(rendered(windowsPixels)))

  const mac: RenderedIcon[] = []
  for (const pixels of icnsPixels) mac.push(await draw(browser, drawingFor(pixels), pixels, pixels <= smallUpTo ? 1 : macScale))
  write('ballast.icns', packIcns(mac))

  for (const { drawing, name } of trays) {
    write(`tray/${name}.png`, (await draw(browser, drawing, 16)).png)
    write(`tray/${name}@2x.png`, (await draw(browser, drawing, 32)).png)
  }
}

if (import.meta.main) {
  const executablePath = process.env['BALLAST_CHROMIUM']
  const browser = await chromium.launch({
    ...(executablePath === undefined ? {} : { executablePath }),
    // Chromium refuses its sandbox to root, which is who a container runs as.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
  try {
    await drawAll(browser)
  } finally {
    await browser.close()
  }
}
