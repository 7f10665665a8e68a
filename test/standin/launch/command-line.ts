export interface CommandLine {
  /** Folder or script of the app, as it was written. */
  readonly app: string
  /** What the app sees in process.argv after the executable. */
  readonly visibleArguments: readonly string[]
  /** All `--name=value` and `--name`, wherever they stood, as Chromium reads them. */
  readonly switches: ReadonlyMap<string, string>
}

const debuggingPort = '--remote-debugging-port='

/**
 * Reads the command line that the real executable takes. Of what a test runner puts in front of its own arguments (up to
 * --remote-debugging-port) the app sees nothing, as with Playwright's loader for the real executable.
 */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const visibleArguments = args.slice(args.findIndex((argument) => argument.startsWith(debuggingPort)) + 1)
  const app = visibleArguments.find((argument) => !argument.startsWith('-'))
  if (app === undefined) throw new Error('no app given: electron.sh [--inspect=0] [--remote-debugging-port=0] PATH [arguments]')
  return { app, visibleArguments, switches: new Map(args.filter(isSwitch).map(readSwitch)) }
}

function isSwitch(argument: string): boolean {
  return argument.startsWith('--')
}

function readSwitch(argument: string): readonly [string, string] {
  const [name = '', ...value] = argument.slice(2).split('=')
  return [name, value.join('=')]
}
