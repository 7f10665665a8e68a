import { pathToFileURL } from 'node:url'
import { runApp } from '../main-process/run-app.ts'
import { readAppPackage } from './app-package.ts'
import { parseCommandLine } from './command-line.ts'
import { dressProcess } from './electron-process.ts'
import { redirectElectron } from './module-hooks.ts'

/** Makes this process the app's main process, with the stand-in in the place of the electron module. */
export async function startApp(args: readonly string[]): Promise<void> {
  const commandLine = parseCommandLine(args)
  const appPackage = readAppPackage(commandLine.app)
  process.argv.splice(1, process.argv.length, ...commandLine.visibleArguments)
  dressProcess('browser', appPackage.folder)
  redirectElectron(new URL('../main-process/index.ts', import.meta.url))
  await runApp({ ...appPackage, switches: commandLine.switches }, pathToFileURL(appPackage.entry))
}
