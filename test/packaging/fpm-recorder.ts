import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What electron-builder asked fpm to put into the deb. */
export interface RecordedDeb {
  readonly arguments: readonly string[]
  readonly afterInstall: string
  readonly afterRemove: string
  /** Single files by their place in the installed system. */
  readonly files: Readonly<Record<string, string>>
}

/**
 * fpm, which makes the deb, is downloaded by electron-builder; this takes its place, keeps what it is given and makes an
 * empty package. Returns the program; the record is beside it.
 */
export function writeFpmRecorder(folder: string): string {
  const program = join(folder, 'fpm')
  writeFileSync(
    program,
    `#!${process.execPath}
const { readFileSync, statSync, writeFileSync } = require('node:fs')
const given = process.argv.slice(2)
const after = (flag) => given[given.indexOf(flag) + 1]
const files = {}
for (const [, from, to] of given.map((text) => /^(\\/[^=]*)=(\\/.*)$/.exec(text)).filter(Boolean)) {
  if (statSync(from).isFile()) files[to] = readFileSync(from, 'base64')
}
writeFileSync(after('--package'), '')
writeFileSync(${JSON.stringify(join(folder, 'recorded.json'))}, JSON.stringify({
  arguments: given,
  afterInstall: readFileSync(after('--after-install'), 'utf8'),
  afterRemove: readFileSync(after('--after-remove'), 'utf8'),
  files,
}))
`,
  )
  chmodSync(program, 0o755)
  return program
}

export function readRecordedDeb(folder: string): RecordedDeb {
  const path = join(folder, 'recorded.json')
  if (!existsSync(path)) throw new Error('fpm was never called')
  // Written by the program above.
  return JSON.parse(readFileSync(path, 'utf8')) as RecordedDeb
}
