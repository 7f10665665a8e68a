import type * as Electron from 'electron'
import { ensureReady } from './readiness.ts'

export interface DialogKinds {
  readonly message: { readonly options: Electron.MessageBoxOptions; readonly answer: Electron.MessageBoxReturnValue }
  readonly save: { readonly options: Electron.SaveDialogOptions; readonly answer: Electron.SaveDialogReturnValue }
  readonly open: { readonly options: Electron.OpenDialogOptions; readonly answer: Electron.OpenDialogReturnValue }
}

export type DialogKind = keyof DialogKinds

export interface ShownDialog {
  readonly kind: DialogKind | 'error'
  readonly options: object
}

/** A test writes the answers before the app asks; a dialog without one is dismissed, as by the Escape key. */
class DialogScript {
  readonly shown: ShownDialog[] = []
  readonly #answers: { [Kind in DialogKind]: DialogKinds[Kind]['answer'][] } = { message: [], save: [], open: [] }

  answerNext<Kind extends DialogKind>(kind: Kind, answer: DialogKinds[Kind]['answer']): void {
    const answers: DialogKinds[Kind]['answer'][] = this.#answers[kind]
    answers.push(answer)
  }

  show<Kind extends DialogKind>(
    kind: Kind,
    options: DialogKinds[Kind]['options'],
    dismissed: DialogKinds[Kind]['answer'],
  ): DialogKinds[Kind]['answer'] {
    ensureReady('dialog module can not be used')
    this.shown.push({ kind, options })
    const answers: DialogKinds[Kind]['answer'][] = this.#answers[kind]
    return answers.shift() ?? dismissed
  }
}

export const dialogScript = new DialogScript()

/** Electron's dialogs take a parent window first, or none. */
function optionsOf<Options>(args: readonly [Options] | readonly [object, Options]): Options {
  return args.length === 1 ? args[0] : args[1]
}

type Asked<Kind extends DialogKind> = [DialogKinds[Kind]['options']] | [object, DialogKinds[Kind]['options']]

function askMessage(args: Asked<'message'>): Electron.MessageBoxReturnValue {
  const options = optionsOf(args)
  const { cancelId = 0, checkboxChecked = false } = options
  return dialogScript.show('message', options, { response: cancelId, checkboxChecked })
}

function askSave(args: Asked<'save'>): Electron.SaveDialogReturnValue {
  return dialogScript.show('save', optionsOf(args), { canceled: true, filePath: '' })
}

function askOpen(args: Asked<'open'>): Electron.OpenDialogReturnValue {
  return dialogScript.show('open', optionsOf(args), { canceled: true, filePaths: [] })
}

export const dialog = {
  showMessageBox: async (...args: Asked<'message'>) => askMessage(args),
  showMessageBoxSync: (...args: Asked<'message'>) => askMessage(args).response,
  showSaveDialog: async (...args: Asked<'save'>) => askSave(args),
  showSaveDialogSync: (...args: Asked<'save'>) => askSave(args).filePath,
  showOpenDialog: async (...args: Asked<'open'>) => askOpen(args),
  showOpenDialogSync: (...args: Asked<'open'>) => {
    const { canceled, filePaths } = askOpen(args)
    return canceled ? undefined : filePaths
  },
  showErrorBox: (title: string, content: string) => {
    dialogScript.shown.push({ kind: 'error', options: { title, content } })
    console.error(`${title}: ${content}`)
  },
} satisfies Omit<typeof Electron.dialog, 'showCertificateTrustDialog'>
