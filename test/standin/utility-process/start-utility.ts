// Loaded before the script of a utility process: makes the process look like Electron's.
import { dressProcess } from '../launch/electron-process.ts'
import { redirectElectron } from '../launch/module-hooks.ts'
import { ParentPort } from './parent-port.ts'

dressProcess('utility', process.cwd())
redirectElectron(new URL('./no-electron.ts', import.meta.url))
Object.defineProperty(process, 'parentPort', { value: new ParentPort(), enumerable: true })
