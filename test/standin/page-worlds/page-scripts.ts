import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { compileFunction } from 'node:vm'
import { createBridgeEnd } from './bridge-end.ts'
import { createBridgePacker } from './bridge-packer.ts'
import { createInvocations, createIpcRenderer } from './ipc-renderer.ts'
import { startPage } from './page-start.ts'
import { createPreloadPorts } from './preload-ports.ts'
import { createPreloadRequire } from './preload-require.ts'
import { type PreloadOptions, startPreload } from './preload-start.ts'
import { watchTitle } from './watch-title.ts'
import { createWireCodec } from './wire-codec.ts'

/** The isolated world of the preload, by the name that DevTools shows. */
export const preloadWorld = 'Electron Isolated Context'
export const sendBinding = '__ballastStandinSend'
export const receiveFunction = '__ballastStandinReceive'

// The page could listen to the bridge's events if it knew their names.
const secret = randomUUID()
const preloadEvent = `ballast-standin-preload-${secret}`
const pageEvent = `ballast-standin-page-${secret}`

/** Runs first in every document's own world. */
export function pageWorldScript(): string {
  return `(() => {
    ${declare([createBridgePacker, createBridgeEnd])}
    (${String(startPage)})(${JSON.stringify({ pageEvent, preloadEvent })})
  })()`
}

export interface PreloadDescription {
  /** '' for a page without a preload, which has an empty one. */
  readonly path: string
  readonly argv: readonly string[]
}

/** Runs in the isolated world of every document, before the page's own scripts. A preload that does not compile throws here. */
export function preloadWorldScript({ path, argv }: PreloadDescription): string {
  const source = path === '' ? '' : readFileSync(path, 'utf8')
  const names = ['require', 'module', 'exports', 'process', 'setImmediate', 'clearImmediate']
  compileFunction(source, names, { filename: path })
  const options: PreloadOptions = { preloadEvent, pageEvent, sendBinding, receiveFunction, process: preloadProcess(argv) }
  const functions = [
    createWireCodec, createInvocations, createIpcRenderer, createPreloadPorts, createBridgePacker, createBridgeEnd,
    createPreloadRequire, watchTitle,
  ]
  return `(() => {
    ${declare(functions)}
    (${String(startPreload)})(${JSON.stringify(options)}, function (${names.join(', ')}) {${source}
    })
  })()\n//# sourceURL=file://${path}`
}

function preloadProcess(argv: readonly string[]): Readonly<Record<string, unknown>> {
  const { electron, chrome, node } = process.versions
  return {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: process.platform,
    arch: process.arch,
    versions: { electron, chrome, node },
    argv,
    env: {},
  }
}

/** Node removes the types where they stand, so the text of a function is JavaScript; its imports are its neighbours here. */
function declare(functions: readonly { readonly name: string }[]): string {
  return functions.map((each) => `const ${each.name} = ${String(each)};`).join('\n')
}
