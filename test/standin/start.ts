// Started by electron.sh. The code cache saves most of the time that Node takes to strip the types of some fifty files.
import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

enableCompileCache(fileURLToPath(new URL('../../.cache/standin-code', import.meta.url)))
const { startApp } = await import('./launch/start-app.ts')
await startApp(process.argv.slice(2))
