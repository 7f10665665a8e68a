// The smallest app that uses everything the stand-in offers. Its tests are in test/e2e-shell/standin-self.
import { app, globalShortcut, ipcMain, Menu, MessageChannelMain, powerMonitor, session, Tray, utilityProcess } from 'electron'
import { join } from 'node:path'
import { serveFixture } from './assets.js'
import { openWindow, origin } from './window.js'

const seen = []
let engine
let isDrained = false

if (app.requestSingleInstanceLock({ from: process.pid })) void app.whenReady().then(start)
else app.quit()

app.on('second-instance', (_event, argv, _folder, data) => seen.push(['second-instance', argv.at(-1), typeof data.from]))
app.on('render-process-gone', (_event, _contents, { reason }) => seen.push(['render-process-gone', reason]))
app.on('child-process-gone', (_event, { type, reason, name }) => seen.push(['child-process-gone', type, reason, name]))
app.on('before-quit', (event) => {
  if (isDrained || engine?.pid === undefined) return
  event.preventDefault()
  engine.once('exit', () => {
    isDrained = true
    app.quit()
  })
  engine.postMessage('stop')
})
app.on('quit', (_event, code) => {
  const exits = seen.filter(([word]) => word === 'engine-exit').map(([, exitCode]) => exitCode)
  console.log(`quit with ${code} after the engine left with ${exits}`)
})

function start() {
  const pages = session.fromPartition('persist:fixture')
  pages.setPermissionRequestHandler((_contents, _permission, answer) => answer(false))
  pages.setPermissionCheckHandler((_contents, permission) => permission === 'clipboard-sanitized-write')
  serveFixture(pages, origin)
  startEngine()
  answerPages(pages)
  furnishDesktop()
  powerMonitor.on('suspend', () => seen.push(['suspend']))
  openWindow(pages, seen)
}

function startEngine() {
  engine = utilityProcess.fork(join(import.meta.dirname, 'engine.js'), ['--fixture'], { serviceName: 'Fixture engine' })
  engine.on('message', (message) => seen.push(['engine-says', message]))
  engine.on('exit', (code) => seen.push(['engine-exit', code]))
}

function answerPages(pages) {
  ipcMain.handle('echo', (_event, value) => value)
  ipcMain.handle('fail', () => {
    throw new Error('refused by main')
  })
  ipcMain.handle('open-window', () => void openWindow(pages, seen))
  ipcMain.on('port-from-page', (event) => {
    const [port] = event.ports
    port.on('message', ({ data }) => port.postMessage({ ...data, by: 'main' }))
    port.start()
  })
  ipcMain.on('engine-port', (event) => {
    if (new URL(event.senderFrame.url).origin !== origin) return seen.push(['untrusted', event.senderFrame.url])
    const { port1, port2 } = new MessageChannelMain()
    engine.postMessage('client', [port1])
    event.senderFrame.postMessage('engine-port', null, [port2])
  })
}

function furnishDesktop() {
  const tray = new Tray(join(import.meta.dirname, 'icon.png'))
  tray.setToolTip('fixture')
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { id: 'halt', label: 'Halt', click: () => seen.push(['halt', 'tray']) },
      { id: 'never', label: 'Never', enabled: false, click: () => seen.push(['never']) },
    ]),
  )
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'File', submenu: [{ role: 'quit' }] }]))
  globalShortcut.register('CommandOrControl+Shift+H', () => seen.push(['halt', 'shortcut']))
}

// The tests read here what happened in this process.
globalThis.fixtureRecord = { seen, enginePid: () => engine.pid, startEngine }
