import { app, dialog, powerMonitor, session } from 'electron'
import { mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtAssets } from '../page/index.ts'
import { readLaunchOptions, startKeysFor, Supervisor, type Profile } from '../supervisor/index.ts'
import { EngineProcesses, handOutLines } from './engine-lines.ts'
import { createTray, listenForHalt, type Halt } from './halt-controls.ts'
import { HostKeeper } from './host-keeper.ts'
import { answersFromAssets, answersFromServer, fenceNavigation, fenceSession } from './page-fence.ts'
import { answerShellVerbs } from './shell-verbs.ts'
import { launchVenue } from './venue-process.ts'
import { runSmoke, type RunningShell } from './smoke.ts'
import { Windows } from './windows.ts'

/**
 * The desktop app: windows around an engine that needs none. No crash is ever dumped: a dump could hold a key.
 * The built entries are in `folder`.
 */
export function startShell(folder: string): void {
  const read = readLaunchOptions(process.argv, process.env, () => mkdtempSync(join(tmpdir(), 'ballast-smoke-')))
  if (!read.ok) {
    console.error(`ballast: ${read.problem}`)
    return app.exit(2)
  }
  const { options } = read
  // Of its own: on some systems Electron's would be the data home itself, and Chromium's files would lie among the profiles.
  const userData = join(options.home, 'window')
  mkdirSync(userData, { recursive: true, mode: 0o700 })
  app.setPath('userData', userData)
  app.enableSandbox()
  if (!app.requestSingleInstanceLock()) return app.quit()
  const begin = (): RunningShell => run(folder, options.profile)
  const begun = app.whenReady().then(() => (options.isSmoke ? runSmoke(begin, options.profile.folder) : tellOfRefusal(begin())))
  begun.catch((error: unknown) => {
    console.error('ballast: it cannot start:', error)
    app.exit(1)
  })
}

function run(folder: string, profile: Profile): RunningShell {
  const at = (path: string): string => join(folder, path)
  const engine = new EngineProcesses(at('engine-child.js'))
  const supervisor = new Supervisor({
    launch: (events) => engine.launch(events),
    launchVenue: (events) => launchVenue(at('venue-child.js'), events),
    start: { folder: profile.folder, profile: profile.name, profileKind: profile.kind, keys: startKeysFor(profile, undefined) },
    nowMs: () => performance.now(),
  })
  const hostParts = { entry: at('host-child.js'), pageRoot: at('../renderer'), profile, version: app.getVersion() }
  const host = new HostKeeper(hostParts, engine)
  const windows = createWindows(at)
  const halt: Halt = (actor, reason) => supervisor.halt(reason, actor)
  fenceNavigation(app)
  handOutLines(supervisor, engine, windows)
  answerShellVerbs(windows, supervisor, at('../../resources/update-public-key.pem'))
  listenForHalt(windows, halt)
  const showInTray = createTray(at('../../resources/icons/tray'), profile.name, windows, halt)
  supervisor.onState((state) => {
    host.follow(state)
    showInTray(state)
  })
  const tellOfSleep = (): void => void supervisor.send({ kind: 'machine-slept' })
  powerMonitor.on('suspend', tellOfSleep)
  powerMonitor.on('resume', tellOfSleep)
  const stop = (): Promise<void> => supervisor.stop().finally(() => host.stop())
  app.on('second-instance', () => windows.show())
  // On macOS too: with the last window goes what shows that something trades, and nothing may trade unseen.
  app.on('window-all-closed', () => app.quit())
  quitInOrder(stop)
  supervisor.begin()
  return { window: windows.open(), supervisor, stop }
}

function createWindows(at: (path: string) => string): Windows {
  const server = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']
  const answers = server === undefined ? answersFromAssets(builtAssets(at('../renderer'))) : answersFromServer(server)
  const page = { session: fenceSession(session.fromPartition('persist:ballast'), answers), preload: at('../preload/index.cjs') }
  return new Windows(at('../../resources/icons/linux/256.png'), page)
}

/** Before anything goes, the engine has put down what it holds, or its time is over. */
function quitInOrder(stop: () => Promise<void>): void {
  let isStopped = false
  let stopping: Promise<void> | undefined
  app.on('before-quit', (event) => {
    if (isStopped) return
    event.preventDefault()
    stopping ??= stop().finally(() => {
      isStopped = true
      app.quit()
    })
  })
}

function tellOfRefusal({ supervisor }: RunningShell): void {
  supervisor.onState((state) => {
    if (state.kind !== 'refused') return
    const isInUse = state.reason === 'folder-in-use'
    const unusable = `The data folder cannot be used: ${state.detail}`
    const message = isInUse ? 'Another Ballast already runs with this data folder.' : unusable
    void dialog.showMessageBox({ type: 'error', message }).then(() => app.quit())
  })
}
