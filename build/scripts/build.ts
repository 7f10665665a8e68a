/** `npm run build`: builds, whether or not the sources changed. */
import { join } from 'node:path'
import { runBuild } from './start/run-build.ts'

process.exit(runBuild(join(import.meta.dirname, '../..')) ? 0 : 1)
