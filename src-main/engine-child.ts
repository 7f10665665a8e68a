/** The engine's process: a utility process under Electron, a plain Node process without it. */
import { extname } from 'node:path'
import { composeEngine } from './compose.ts'
import { parentLink } from './supervisor/index.ts'

/** The sources run as they are, `.ts`; the build leaves `.js` beside this file. */
const extension = extname(import.meta.filename)

composeEngine(parentLink(), {
  journal: new URL(`./journal-thread${extension}`, import.meta.url),
  books: new URL(`./books-thread${extension}`, import.meta.url),
})
