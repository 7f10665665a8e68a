/** The command line: one table of commands, and what is made from it. */
export { runAsProcess } from './run-as-process.ts'
export { runCli } from './run-cli.ts'
export type { EngineStarted, HeldEngine, Paper, Program, Signals, StartEngine, StopSignal, Surroundings } from './program.ts'
export { commands } from './commands.ts'
export { cliReference } from './command-reference.ts'
export type { CliReference, CommandReference, ExitCodeReference, FlagReference } from './command-reference.ts'
export { createSpeech } from './speech.ts'
export { hasDisplay } from './open-browser.ts'
