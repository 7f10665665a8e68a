import { commands } from '../../src-main/cli/commands.ts'
import { parseCommandLine } from '../../src-main/cli/parse-command-line.ts'
import { createSpeech } from '../../src-main/cli/speech.ts'
import type { Trouble } from '../../src-main/cli/trouble.ts'
import { codeTexts, readMarkdown, type CodeText, type MarkdownDocument } from './markdown.ts'
import type { Problem } from './problem.ts'
import type { Repository } from './repository.ts'

/** What npm does by itself, without a script of ours. */
const npmVerbs: readonly string[] = ['ci', 'audit']

/** What a reader has anyway: a shell's own words and programs of an ordinary system. */
const systemPrograms: readonly string[] = ['cd', 'cat', 'kill', 'ssh', 'sudo', 'git', 'openssl', 'node', 'npm', 'npx', 'ballast']

const shells: readonly string[] = ['sh', 'bash', 'shell', 'console']

/** Everything that a reader is told to type exists: npm scripts, their flags, programs, and Ballast's own commands and flags. */
export function checkCommands(repository: Repository): readonly Problem[] {
  return [...repository.documents, ...messages(repository)].flatMap((document) =>
    codeTexts(document).flatMap((code) =>
      commandLinesOf(code)
        .flatMap((words) => problemsOf(repository, words, code))
        .map((problem) => ({ file: document.path, line: code.line, problem })),
    ),
  )
}

/** What Ballast says to people tells them what to type as well; commands stand in the same marks there. */
function messages({ files, read }: Repository): readonly MarkdownDocument[] {
  const tables = [...files].filter((file) => /^src-preload\/contract\/text\/(?:en|fr)\//.test(file))
  return tables.map((file) => readMarkdown(file, read(file)))
}

/** One command a piece: what a shell would run one after the other. */
function commandLinesOf({ text }: CodeText): readonly (readonly string[])[] {
  const withoutPrompt = text.replace(/^\s*\$\s+/, '')
  return withoutPrompt.split(/\s*(?:&&|\|\||[|;]|(?:^|\s)#.*$)\s*/).map(wordsOf).filter((words) => words.length > 0)
}

/** As a shell would part them; leading settings of variables are not part of the command. */
function wordsOf(text: string): readonly string[] {
  const words = [...text.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replaceAll(/["']/g, ''))
  const first = words.findIndex((word) => !/^[A-Z][A-Z0-9_]*=/.test(word))
  return first < 0 ? [] : words.slice(first)
}

function problemsOf(repository: Repository, words: readonly string[], { block }: CodeText): readonly string[] {
  const [program = '', ...rest] = words
  if (program === 'npm') return npmProblems(repository, rest)
  if (program === 'npx') return npxProblems(repository, rest)
  if (program === 'ballast') return ballastProblems(rest)
  if (block === undefined || !shells.includes(block) || systemPrograms.includes(program)) return []
  return [`${program} is no program that a reader is known to have`]
}

function npmProblems(repository: Repository, words: readonly string[]): readonly string[] {
  const rest = words.filter((word) => word !== '-s' && word !== '--silent')
  const [verb = '', ...others] = rest
  if (verb === '' || npmVerbs.includes(verb)) return []
  const [script = '', ...after] = verb === 'run' ? others : rest
  const source = repository.scripts[script]
  if (source === undefined) return [`package.json has no script ${script}`]
  const passed = after[0] === '--' ? after.slice(1) : []
  const isLost = passed.length === 0 && after.some((word) => word.startsWith('--'))
  if (isLost) return [`npm takes ${after.join(' ')} for itself: write -- before it`]
  return script === 'ballast' ? ballastProblems(passed) : flagProblems(repository, source, passed)
}

/** A script's own flags stand in its source, in quotes or in the text at its head. */
function flagProblems(repository: Repository, source: string, words: readonly string[]): readonly string[] {
  const file = source.split(' ').find((word) => repository.files.has(word))
  const text = file === undefined ? '' : repository.read(file)
  return words
    .filter((word) => word.startsWith('--') && !new RegExp(`${word}(?![\\w-])`).test(text))
    .map((word) => `${word} is no flag of ${file ?? source}`)
}

function npxProblems(repository: Repository, words: readonly string[]): readonly string[] {
  const program = words.find((word) => !word.startsWith('-')) ?? ''
  return repository.programs.has(program) ? [] : [`${program} does not come with the packages of package.json`]
}

const placeholder = /^(?:[A-Z][A-Z0-9_-]*|<[^>]+>)$/

/** Judged by the very parser that would read it; a word that stands for a value is let through. */
function ballastProblems(words: readonly string[]): readonly string[] {
  if (words[0] === undefined || !/^(?:--?)?[A-Za-z<>-]+$/.test(words[0])) return []
  const plain = words.map((word) => word.replaceAll(/^\[|\]$/g, '')).filter((word) => word !== 'flags')
  const openFlags = plain.filter((word, index) => word.startsWith('--') && placeholder.test(plain[index + 1] ?? ''))
  const certain = plain.filter((word) => !openFlags.includes(word) && !placeholder.test(word))
  const command = certain.find((word) => !word.startsWith('-'))
  const ofOpenFlags = openFlags.map((flag) => troubleOf(command === undefined ? [flag] : [command, flag]))
  const troubles = [...ofOpenFlags.filter((trouble) => trouble?.code !== 'cli.flag-needs-value'), troubleOf(certain)]
  const messages = troubles.flatMap((trouble) => (trouble === undefined ? [] : [trouble.message]))
  return [...new Set(messages)].map((message) => `ballast ${words.join(' ')}: ${message}`)
}

const speech = createSpeech('en')

function troubleOf(argv: readonly string[]): Pick<Trouble, 'code' | 'message'> | undefined {
  const parsed = parseCommandLine(argv, commands, speech)
  if (!parsed.ok) return parsed.trouble
  const { argument, command } = parsed.line
  // Other arguments are the reader's own, such as a file; `error` is the one document that schema knows beside those of the commands.
  const isKnown = argument === undefined || command?.argument !== 'COMMAND' || argument === 'error' || commands.some(({ name }) => name === argument)
  return isKnown ? undefined : { code: 'docs.unknown-argument', message: `there is no command ${argument}` }
}
