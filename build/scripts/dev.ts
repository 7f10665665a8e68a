/**
 * `npm run dev`: the browser host with the page's sources instead of the built page, so that an edit is on the screen at
 * once, and an engine that starts anew when its sources change. `npm run dev -- --electron` is the same in the window.
 */
import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { createServer as createViteServer, type InlineConfig } from 'vite'
import electronViteConfig from '../../electron.vite.config.ts'
import type { DevelopmentServer } from '../../src-main/browser-host/index.ts'
import { runAsProcess, type StartEngine } from '../../src-main/cli/index.ts'
import { startHeadless } from '../../src-main/headless.ts'
import type { Supervisor } from '../../src-main/supervisor/index.ts'
import { version } from '../../src-main/version.ts'

const root = join(import.meta.dirname, '../..')
const args = process.argv.slice(2)

/** One save is several events. */
const settleMs = 150

async function startEngine(parts: Parameters<StartEngine>[0]): ReturnType<StartEngine> {
  const started = await startHeadless({ ...parts, takeOver: await pageFromSources() })
  if (started.ok) restartOnChange(started.headless.supervisor)
  return started
}

async function pageFromSources(): Promise<DevelopmentServer> {
  // Never listens: it only carries the upgrades that are vite's from our server to vite.
  const upgrades = createServer()
  // The page's part of the configuration is plain vite.
  const { renderer } = electronViteConfig as { readonly renderer: InlineConfig }
  const vite = await createViteServer({
    ...renderer,
    configFile: false,
    root: join(root, 'src-renderer'),
    cacheDir: join(root, '.cache/vite'),
    appType: 'spa',
    server: { middlewareMode: true, hmr: { server: upgrades }, fs: { allow: [root] } },
  })
  return {
    respond: (request, response) => vite.middlewares(request, response, () => response.writeHead(404).end()),
    upgrade: (server) =>
      void server.on('upgrade', (request, socket, head) => {
        if (request.headers['sec-websocket-protocol'] === 'vite-hmr') upgrades.emit('upgrade', request, socket, head)
      }),
  }
}

function restartOnChange(supervisor: Supervisor): void {
  let timer: NodeJS.Timeout | undefined
  for (const folder of ['src-main', 'src-preload']) {
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file?.endsWith('.ts')) return
      clearTimeout(timer)
      timer = setTimeout(() => {
        console.error(`${folder}/${file} changed; the engine starts anew.`)
        supervisor.restart()
      }, settleMs)
    })
  }
}

function runElectronVite(rest: readonly string[]): void {
  const electronVite = join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  const child = spawn(process.execPath, [electronVite, 'dev', ...rest], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  child.once('exit', (code) => process.exit(code ?? 1))
}

if (args.includes('--electron')) runElectronVite(args.filter((argument) => argument !== '--electron'))
else {
  await runAsProcess(['serve', ...args], {
    version,
    startEngine,
    engineEntry: join(root, 'src-main/engine-child.ts'),
    // The page that is asked for is there; vite serves it.
    pageRoot: join(root, 'src-renderer'),
    electronFolder: join(root, 'node_modules/electron'),
  })
}
