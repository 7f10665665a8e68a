import { app, type BrowserWindow } from 'electron'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { readEngineAddress, type Supervisor } from '../supervisor/index.ts'

export interface RunningShell {
  readonly window: BrowserWindow
  readonly supervisor: Supervisor
  stop(): Promise<void>
}

/** What the page then does: it asks the way that it always asks, over a line from what the preload gave it, and halts. */
const inPage = `new Promise((resolve, reject) => {
  const halt = { reason: 'the self-test', actor: 'hand' }
  const questions = [['engine.ping', { sent: 1 }], ['trading.halt', halt], ['engine.status', {}]]
  // The page goes on with streams of its own over the same line: only what this asked for counts.
  const id = 1e9
  const take = (answer) => {
    if (answer.id !== undefined && answer.id !== id) return
    if (answer.kind === 'failed') return reject(new Error(answer.error.code))
    const [name, input] = questions.shift() ?? []
    if (name === undefined) return resolve(answer.output)
    ballast.post(JSON.stringify({ kind: 'call', id, name, input, key: 'self-test' }))
  }
  const closed = (cause) => reject(new Error(cause))
  ballast.connect({ opened: () => undefined, message: (text) => JSON.parse(text).messages.forEach(take), closed })
})`

async function prove({ window, supervisor }: RunningShell, folder: string): Promise<object> {
  await once(window.webContents, 'did-finish-load')
  // The page adds the mode to its title when it has heard from the engine, the address is there when the command line may come.
  while (window.getTitle() === 'Ballast' || readEngineAddress(folder) === undefined) {
    await wait(50)
    const { state } = supervisor
    if (state.kind === 'refused' || state.kind === 'down') throw new Error(`no engine: ${state.detail}`)
  }
  // The contract's schema let it through on the engine's side.
  const { mode } = (await window.webContents.executeJavaScript(inPage)) as { readonly mode?: unknown }
  if (mode !== 'halted') throw new Error(`after a halt the engine is ${String(mode)}`)
  return { version: app.getVersion(), mode }
}

/** The packaged app's test of itself: one line of JSON and an exit code, for whoever has built it. */
export async function runSmoke(begin: () => RunningShell, folder: string): Promise<void> {
  const shell = Promise.resolve().then(begin)
  const proof = shell.then((running) => prove(running, folder)).then((found) => ({ ok: true, ...found }))
  const tooLong = wait(50_000, { ok: false, problem: 'it took too long' })
  const answer = await Promise.race([proof, tooLong]).catch((error: unknown) => ({ ok: false, problem: String(error) }))
  await shell.then(({ stop }) => stop(), () => undefined)
  process.stdout.write(`${JSON.stringify(answer)}\n`, () => app.exit(answer.ok ? 0 : 1))
}
