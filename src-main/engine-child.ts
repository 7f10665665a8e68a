/** The engine's process: a utility process under Electron, a plain Node process without it. */
import { composeEngine } from './compose.ts'
import { parentLink } from './supervisor/index.ts'

composeEngine(parentLink())
