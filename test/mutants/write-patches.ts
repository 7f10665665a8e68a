/**
 * Writes the patches of planted bugs anew from the list of edits, against the sources as they are: `node test/mutants/write-patches.ts`. An edit
 * that does not find its place exactly once is named, and nothing is written for it.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { edits } from './edits.ts'
import type { Edit } from './edits.ts'

const root = resolve(import.meta.dirname, '../..')

function patchOf({ file, find, put }: Edit): string | undefined {
  const source = readFileSync(join(root, file), 'utf8')
  if (source.split(find).length !== 2) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'ballast-edit-'))
  try {
    for (const side of ['a', 'b']) mkdirSync(dirname(join(folder, side, file)), { recursive: true })
    cpSync(join(root, file), join(folder, 'a', file))
    writeFileSync(join(folder, 'b', file), source.replace(find, () => put))
    try {
      execFileSync('git', ['diff', '--no-index', '--no-color', `a/${file}`, `b/${file}`], { cwd: folder, stdio: 'pipe' })
      return undefined
    } catch (thrown) {
      // It says 1 where there is a difference, and names both sides twice over.
      return String((thrown as { readonly stdout: Buffer }).stdout).replaceAll(`a/a/${file}`, `a/${file}`).replaceAll(`b/b/${file}`, `b/${file}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

let missing = 0
for (const edit of edits) {
  const patch = patchOf(edit)
  const file = join(import.meta.dirname, `${edit.name}.patch`)
  if (patch === undefined) {
    missing += 1
    rmSync(file, { force: true })
    console.error(`${edit.name}: its place in ${edit.file} was not found exactly once`)
  } else writeFileSync(file, `# ${edit.says}\n${patch}`)
}
console.log(`${edits.length - missing} of ${edits.length} patches written`)
process.exitCode = missing === 0 ? 0 : 1
