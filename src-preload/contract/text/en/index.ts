import { alerts } from './alerts.ts'
import { books } from './books.ts'
import { cliBooks } from './cli-books.ts'
import { cli } from './cli.ts'
import { cliMarket } from './cli-market.ts'
import { cliQuant } from './cli-quant.ts'
import { cliRisk } from './cli-risk.ts'
import { cliSim } from './cli-sim.ts'
import { cliTrading } from './cli-trading.ts'
import { connection } from './connection.ts'
import { data } from './data.ts'
import { engine } from './engine.ts'
import { errors } from './errors.ts'
import { screenBlotter } from './screen-blotter.ts'
import { screenBooks } from './screen-books.ts'
import { screenChart } from './screen-chart.ts'
import { screenCommands } from './screen-commands.ts'
import { screenDesk } from './screen-desk.ts'
import { screenGuide } from './screen-guide.ts'
import { screenKeys } from './screen-keys.ts'
import { screenPanels } from './screen-panels.ts'
import { screenSettings } from './screen-settings.ts'
import { screenMarket } from './screen-market.ts'
import { screenTicket } from './screen-ticket.ts'
import { screen } from './screen.ts'
import { screenWhy } from './screen-why.ts'
import { trading } from './trading.ts'

/** All that Ballast says in English, one file for each area. English decides which messages there are. */
export const englishAreas = { alerts, books, cli, cliBooks, cliMarket, cliQuant, cliRisk, cliSim, cliTrading, data, connection, engine, errors, screen, screenBooks, screenBlotter, screenWhy, screenPanels, screenDesk, screenGuide, screenKeys, screenSettings, screenCommands, screenChart, screenMarket, screenTicket, trading } as const

export const english = {
  ...alerts, ...books, ...cli, ...cliBooks, ...cliMarket, ...cliQuant, ...cliRisk, ...cliSim, ...cliTrading, ...data, ...connection, ...engine, ...errors, ...screen, ...screenBooks, ...screenBlotter, ...screenWhy, ...screenPanels, ...screenDesk, ...screenGuide, ...screenKeys, ...screenSettings, ...screenCommands, ...screenChart, ...screenMarket, ...screenTicket, ...trading,
} as const
