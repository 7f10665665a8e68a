import { fuzzyMatch } from '../format/fuzzy-match.ts'
import type { Command } from '../ui/screen-context.tsx'
import type { Text } from '../ui/use-text.ts'

export interface FoundCommand {
  readonly command: Command
  readonly title: string
  /** Which letters of the title the query hit. */
  readonly hits: readonly number[]
}

/** What can be done now and fits the query; best first, and without a query in the order of the table. */
export function findCommands(commands: readonly Command[], query: string, text: Text): readonly FoundCommand[] {
  return commands
    .filter((command) => command.isOffered?.() !== false)
    .flatMap((command) => {
      const title = text(command.title)
      const match = fuzzyMatch(query, title)
      return match === undefined ? [] : [{ command, title, ...match }]
    })
    .toSorted((left, right) => right.score - left.score)
}
