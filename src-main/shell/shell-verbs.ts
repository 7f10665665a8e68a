import { app, ipcMain, shell } from 'electron'
import { existsSync, readFileSync } from 'node:fs'
import { externalLinks, shellChannels, shellVerbs, type ShellAnswer, type ShellVerb } from '../../src-preload/contract/index.ts'
import type { Supervisor } from '../supervisor/index.ts'
import { isPage } from './page-fence.ts'
import { judgeUpdate } from '../updates/index.ts'
import type { Windows } from './windows.ts'

const windowsMax = 6
const done = (text: string): ShellAnswer => ({ ok: true, text })
const refused = (text: string): ShellAnswer => ({ ok: false, text })

/** A name and nothing that could be an address: which panels there are is the page's own matter. */
const isPanelName = (value: unknown): value is string => typeof value === 'string' && /^[a-z][a-z0-9-]{0,31}$/.test(value)

/** What a page may ask of this program itself. */
export function answerShellVerbs(windows: Windows, supervisor: Supervisor, updateKeyFile: string): void {
  const verbs: Readonly<Record<ShellVerb, (argument: unknown) => ShellAnswer | Promise<ShellAnswer>>> = {
    'second-window': (panel) => {
      if (panel !== undefined && !isPanelName(panel)) return refused('There is no such panel.')
      if (windows.count >= windowsMax) return refused('There are enough windows open.')
      windows.open(panel)
      return done('Opened.')
    },
    'show-desk': () => {
      windows.show()
      return done('Shown.')
    },
    'open-link': async (name) => {
      const address = Object.entries(externalLinks).find(([known]) => known === name)?.[1]
      if (address === undefined) return refused('There is no such link.')
      await shell.openExternal(address)
      return done('Opened in the browser.')
    },
    'check-for-updates': () => {
      const publicKey = existsSync(updateKeyFile) ? readFileSync(updateKeyFile, 'utf8') : undefined
      // Nothing is fetched, so there is nothing to judge but whether this build could judge at all.
      const nothing = Buffer.alloc(0)
      const verdict = judgeUpdate({ manifest: nothing, signature: nothing, publicKey, currentVersion: app.getVersion() })
      if (verdict.kind === 'refused' && verdict.reason !== 'bad-signature') return refused(verdict.message)
      return done('This build can judge an update, and looks for none by itself.')
    },
    'restart-engine': () => {
      if (supervisor.state.kind !== 'down') return refused('The engine is not down.')
      supervisor.tryAgain()
      return done('The engine is starting.')
    },
  }
  ipcMain.handle(shellChannels.shell, (event, asked: unknown, argument: unknown) => {
    if (!isPage(event.senderFrame)) throw new Error('only the page may ask this')
    const verb = shellVerbs.find((known) => known === asked)
    return verb === undefined ? refused('There is no such verb.') : verbs[verb](argument)
  })
}
