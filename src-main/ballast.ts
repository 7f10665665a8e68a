/** The command line's process: hands it the parts that only an entry may reach. */
import { extname, join } from 'node:path'
import { runAsProcess } from './cli/index.ts'
import { version } from './version.ts'

const here = import.meta.dirname
/** The sources run as they are, `.ts`; the build leaves `.js` in out/main. */
const extension = extname(import.meta.filename)
const root = join(here, extension === '.ts' ? '..' : '../..')

await runAsProcess(process.argv.slice(2), {
  version,
  // Only two commands need it, and the others are quicker without.
  startEngine: async (parts) => (await import('./headless.ts')).startHeadless(parts),
  engineEntry: join(here, `engine-child${extension}`),
  pageRoot: join(root, 'out/renderer'),
  electronFolder: join(root, 'node_modules/electron'),
})
