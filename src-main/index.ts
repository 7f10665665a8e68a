/** Electron's entry. */
import { startShell } from './shell/index.ts'

startShell(import.meta.dirname)
