/**
 * `npm start`: builds when the sources changed, then opens the desktop window, or serves the page to the browser where
 * there can be no window. What follows `--` goes to either: `npm start -- --profile paper`.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { hashOfSources, isBuilt } from './start/build-stamp.ts'
import { desktopOrder, electronBinary, reasonAgainstElectron, runElectron } from './start/electron-host.ts'
import { fetchElectron } from './start/fetch-electron.ts'
import { runBuild } from './start/run-build.ts'

const root = join(import.meta.dirname, '../..')
const electronFolder = join(root, 'node_modules/electron')
const args = process.argv.slice(2)

function buildWhenNeeded(): void {
  if (isBuilt(root, hashOfSources(root))) return
  console.error('Building Ballast.')
  if (!runBuild(root)) process.exit(1)
}

/** The reason why there is no window, or the end of the window's life. */
async function openWindow(): Promise<string> {
  const against = reasonAgainstElectron(process.env, process.platform, process.getuid?.())
  if (against !== undefined) return against
  if (!existsSync(join(electronFolder, 'install.js'))) return 'Electron is not installed'
  if (electronBinary(electronFolder, process.env) === undefined) {
    const fetched = await fetchElectron(electronFolder, process.env)
    if (!fetched.ok) return fetched.reason
  }
  const binary = electronBinary(electronFolder, process.env)
  if (binary === undefined) return 'Electron is not where its package says'
  const order = desktopOrder(args, process.env, process.cwd())
  const run = await runElectron(binary, root, order.args, order.env)
  if (run.kind === 'ended') process.exit(run.exitCode)
  return run.reason
}

buildWhenNeeded()
const reason = await openWindow()
console.error(`No desktop window, because ${reason}; the page is served to the browser.`)
// Runs in this very process, so that signals and the exit code need no handing over.
const ballast = join(root, 'out/main/ballast.js')
process.argv = [process.execPath, ballast, 'serve', '--open', ...args]
await import(pathToFileURL(ballast).href)
