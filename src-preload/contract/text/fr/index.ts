import { cli } from './cli.ts'
import { connection } from './connection.ts'
import { engine } from './engine.ts'
import { errors } from './errors.ts'
import { screenCommands } from './screen-commands.ts'
import { screenPanels } from './screen-panels.ts'
import { screen } from './screen.ts'

/** All that Ballast says in French. */
export const french = { ...cli, ...connection, ...engine, ...errors, ...screen, ...screenPanels, ...screenCommands } as const
