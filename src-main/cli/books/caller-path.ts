import { resolve } from 'node:path'
import type { CommandContext } from '../command.ts'

/** A file as the caller meant it: npm runs us in its own folder and names theirs. */
export const callerPath = ({ surroundings }: CommandContext, path: string): string =>
  resolve(surroundings.env['INIT_CWD'] ?? surroundings.workingFolder, path)
