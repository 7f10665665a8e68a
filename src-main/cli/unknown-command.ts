import { didYouMean } from '../base/index.ts'
import type { Speech } from './speech.ts'
import { badInput, type Trouble } from './trouble.ts'

/** What was typed may be a whole pasted page. */
export const shortened = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text)

export function unknownCommand(name: string, known: readonly string[], speech: Speech): Trouble {
  const meant = didYouMean(name, known)
  const given = shortened(name)
  const message =
    meant === undefined
      ? speech.say('cli.error.unknown-command', { given })
      : speech.say('cli.error.unknown-command-meant', { given, meant })
  return badInput('cli.unknown-command', message)
}
