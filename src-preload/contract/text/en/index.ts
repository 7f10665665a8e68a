import { alerts } from './alerts.ts'
import { books } from './books.ts'
import { cliBooks } from './cli-books.ts'
import { cli } from './cli.ts'
import { cliQuant } from './cli-quant.ts'
import { connection } from './connection.ts'
import { engine } from './engine.ts'
import { errors } from './errors.ts'
import { screenBooks } from './screen-books.ts'
import { screenCommands } from './screen-commands.ts'
import { screenPanels } from './screen-panels.ts'
import { screenSettings } from './screen-settings.ts'
import { screen } from './screen.ts'

/** All that Ballast says in English, one file for each area. English decides which messages there are. */
export const englishAreas = { alerts, books, cli, cliBooks, cliQuant, connection, engine, errors, screen, screenBooks, screenPanels, screenSettings, screenCommands } as const

export const english = {
  ...alerts, ...books, ...cli, ...cliBooks, ...cliQuant, ...connection, ...engine, ...errors, ...screen, ...screenBooks, ...screenPanels, ...screenSettings, ...screenCommands,
} as const
