import type * as Electron from 'electron'

type Copied = Pick<Electron.CommandLine, 'appendSwitch' | 'appendArgument' | 'hasSwitch' | 'getSwitchValue' | 'removeSwitch'>

/** app.commandLine. Chromium is started with the stand-in's own flags: switches added here are remembered, not passed on. */
export class CommandLineSwitches implements Copied {
  readonly #switches: Map<string, string>
  readonly #arguments: string[] = []

  constructor(switches: ReadonlyMap<string, string>) {
    this.#switches = new Map(switches)
  }

  appendSwitch(name: string, value = ''): void {
    this.#switches.set(name.replace(/^--/, ''), value)
  }

  appendArgument(value: string): void {
    this.#arguments.push(value)
  }

  hasSwitch(name: string): boolean {
    return this.#switches.has(name)
  }

  getSwitchValue(name: string): string {
    return this.#switches.get(name) ?? ''
  }

  removeSwitch(name: string): void {
    this.#switches.delete(name)
  }
}
