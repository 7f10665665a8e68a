import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findLies } from '../../build/docs/check-repository.ts'
import { parseCsv } from '../../build/docs/csv.ts'
import { anchorsOf, codeTexts, linksOf, readMarkdown } from '../../build/docs/markdown.ts'
import { printProblem } from '../../build/docs/problem.ts'
import { madeReferences, staleReferences, writeReferences } from '../../build/docs/references.ts'
import { layers } from '../../build/layers.ts'

const root = join(import.meta.dirname, '../..')

/** A small repository of its own that tells the truth, so that one lie at a time can be planted in it. */
let tree: string
const plant = (file: string, text: string): void => {
  mkdirSync(dirname(join(tree, file)), { recursive: true })
  writeFileSync(join(tree, file), text)
}
const readTree = (file: string): string => readFileSync(join(tree, file), 'utf8')
/** The pages of the functions are many and all alike: writing and reading each of them anew for every lie would be most of this file's time. */
const references = new Map([
  ...[...madeReferences].filter(([file]) => !file.startsWith('docs/reference/quant/')),
  ['docs/reference/quant/README.md', '# Functions\n'],
] as const)
const lies = (): readonly string[] => findLies(tree, references).map(printProblem)

const decision = (number: string): string =>
  [`# ${number}. A decision`, 'Question', 'Forces', 'Options', 'Decision', 'Costs', 'Kept by', 'Revisit when'].join('\n\n## ')

const honest: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    scripts: {
      'docs:write': 'node build/start.ts',
      start: 'node build/start.ts',
      ballast: 'node src-main/ballast.ts',
      test: 'node build/test.ts',
    },
    devDependencies: { react: '19.0.0' },
  }),
  'README.md': [
    '# A house', '',
    'See [docs](docs/all.md), [a part](docs/all.md#the-second-part) and [the change log](CHANGELOG.md).', '',
    '| Asked for | Used | Today | Why |', '| --- | --- | --- | --- |',
    '| react | `react` | in | the screen |', '| ccxt | `ccxt` | not in yet | venues |', '',
  ].join('\n'),
  'CHANGELOG.md': '# Change log\n\n## [Unreleased]\n\n### Added\n\n- A house.\n',
  'docs/all.md': [
    '# All', '', '## The second part', '', '![a picture](pictures/one.png)', '',
    '[architecture](architecture.md) [glossary](glossary.md) [invariants](invariants.md) [keyboard](guides/keyboard.md)',
    '[contract](reference/contract.md) [command line](reference/cli.md) [decision](adr/0001-a-decision.md) [risk](guides/risk-policy.md)', '',
  ].join('\n'),
  'docs/pictures/one.png': 'a picture',
  'docs/adr/0001-a-decision.md': decision('0001'),
  'docs/glossary.md': [
    '| Word | Meaning | In the code |', '| --- | --- | --- |', '| **halt latch** | a word | `src-main/latch.ts` |', '',
  ].join('\n'),
  'docs/invariants.md': [
    '| Number | Invariant | Code | Test | Its name |', '| --- | --- | --- | --- | --- |',
    '| 1 | It holds. | `src-main/latch.ts` | `test/latch.test.ts` | holds |',
    '| 2 | It lets go. | `src-main/latch.ts` | `test/latch.test.ts` | lets go |', '',
  ].join('\n'),
  'docs/guides/risk-policy.md': '# The risk policy\n',
  'docs/guides/keyboard.md': '| Keys | On the screen |\n| --- | --- |\n| <kbd>Ctrl</kbd> + <kbd>K</kbd> | the palette |\n',
  'docs/architecture.md': [
    '| Layer | May import | What it is |', '| --- | --- | --- |',
    ...layers.map(({ name, mayImport }) => `| \`${name}\` | ${mayImport.map((other) => `\`${other}\``).join()} | a layer |`), '',
  ].join('\n'),
  'docs/risk-register.csv': [
    'id,risk,likelihood,impact,owner,mitigation,state,test',
    'R-001,"It falls, once",low,high,trader,"A rope, a net",mitigated,test/latch.test.ts', '',
  ].join('\n'),
  'src-main/latch.ts': '/**\n * Invariants: 1 it holds; 2 it lets go.\n */\nexport const haltLatch = 1\n',
  'src-main/ballast.ts': '',
  'src-main/cli/commands.ts': '',
  'src-main/risk-policy/policy-values.ts': '',
  'src-preload/contract/table.ts': '',
  'src-preload/contract/errors.ts': '',
  'src-renderer/app/commands.ts': `const keys = { keys: 'Ctrl K' }`,
  'build/start.ts': '/** Takes --port. */',
  'build/test.ts': '',
  'test/latch.test.ts': `it('holds')\nit('lets go')`,
}

beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'ballast-docs-'))
  for (const [file, text] of Object.entries(honest)) plant(file, text)
  writeReferences(tree, references)
})
afterEach(() => rmSync(tree, { recursive: true, force: true }))

describe('the documents of this repository', () => {
  it('say nothing that is not so', () => {
    expect(findLies(root).map(printProblem)).toEqual([])
  })

  it('are checked within ten seconds', () => {
    const began = performance.now()
    findLies(root)
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('the check of the documents', () => {
  it('has nothing to say about a tree that tells the truth', () => {
    expect(lies()).toEqual([])
  })

  it.each([
    ['a link that leads nowhere', '[gone](docs/gone.md)', 'docs/gone.md leads nowhere'],
    ['a link that leads out of the repository', '[out](../out.md)', '../out.md leads nowhere'],
    ['a heading that is not there', '[a part](docs/all.md#third-part)', 'docs/all.md does not have'],
    ['a heading of its own that is not there', '[below](#below)', 'README.md does not have'],
    ['an image that is not there', '![the desk](docs/pictures/two.png)', 'two.png is not there'],
    ['an image as a tag', '<img src="docs/pictures/two.png" alt="">', 'two.png is not there'],
    ['a link by reference', '[gone]: docs/gone.md', 'docs/gone.md leads nowhere'],
    ['a code span over the end of a line', 'begins `here and ends nowhere', 'must end on the line'],
    ['a script that is not there', 'Run `npm run fly`.', 'no script fly'],
    ['a script without run', 'Run `npm test && npm fly`.', 'no script fly'],
    ['a script in a block', '```sh\nnpm run fly\n```', 'no script fly'],
    ['a flag of a script', '`npm start -- --wings`', '--wings is no flag of build/start.ts'],
    ['a flag that npm would take', '`npm start --port 1`', 'write -- before it'],
    ['a program that nobody has', '```sh\nfly --home\n```', 'fly is no program'],
    ['a package’s program that is not there', '`npx fly`', 'fly does not come with'],
    ['a command of Ballast', '`ballast fly`', 'ballast fly'],
    ['a command of Ballast through npm', '`npm run -s ballast -- fly`', 'ballast fly'],
    ['a flag of a command', '`ballast halt --wings`', '--wings'],
    ['a flag of another command', '`ballast halt --port 1`', '--port'],
    ['a flag with an open value', '`ballast halt --wings N`', '--wings'],
    ['a value that a flag does not take', '`ballast resume --to fly`', 'fly'],
    ['a command that help does not know', '`ballast help fly`', 'no command fly'],
    ['a name of the contract', 'Ask `trading.fly`.', 'the contract has no trading.fly'],
    ['a name of the contract in quotes', "```ts\ncall('trading.fly')\n```", 'the contract has no trading.fly'],
    ['a path that is not there', 'In `src-main/wings/index.ts`.', 'src-main/wings/index.ts is not in the repository'],
    ['one path of several', 'In `src-main/{latch,wings}.ts`.', 'src-main/wings.ts is not in the repository'],
    ['a pattern that nothing fits', 'In `src-main/*/wings.ts`.', 'src-main/*/wings.ts is not in the repository'],
    ['a path of somebody’s own computer', 'It is in /home/someone/ballast.', '/home/someone is outside the repository'],
    ['a document that is not there', 'DESIGN.md says more.', 'no document DESIGN.md'],
  ])('finds %s', (_what, lie, problem) => {
    plant('README.md', `${readTree('README.md')}\n${lie}\n`)
    expect(lies()).toEqual([expect.stringContaining(problem)])
  })

  it('says in which file and line it found it', () => {
    plant('docs/all.md', `${readTree('docs/all.md')}\n\n\`npm run fly\`\n`)
    expect(lies()).toEqual(['docs/all.md:11 package.json has no script fly'])
  })

  const adr = 'docs/adr/0001-a-decision.md'
  const register = 'docs/risk-register.csv'

  /** What the honest tree says, and what is said instead. */
  it.each([
    ['a document that nobody links to', 'docs/lonely.md', '', '# Alone', 'no chain of links'],
    ['a package that is not in', 'README.md', 'not in yet', 'in', 'ccxt is not in package.json'],
    ['a package that is in', 'README.md', '| in |', '| not in yet |', 'react is in package.json'],
    ['a package without a row', 'README.md', '| react | `react` | in |', '| react | - | in |', 'react has no row in the table'],
    ['a package of which it is not said', 'README.md', '| in |', '| soon |', 'Today begins with'],
    ['a decision without a heading', adr, '## Costs', '', 'has exactly these headings'],
    ['a decision out of order', adr, '## Costs\n\n## Kept by', '## Kept by\n\n## Costs', 'has exactly these headings'],
    ['a decision of two pages', adr, '## Costs', `## Costs${'\n'.repeat(60)}`, 'is one page'],
    ['a decision with another number', adr, '0001', '0002', 'begins with the heading'],
    ['a change log without a place for the next change', 'CHANGELOG.md', '[Unreleased]', '[0.1.0]', 'the first section'],
    ['a change of an unknown kind', 'CHANGELOG.md', 'Added', 'Miscellany', 'Miscellany is not one of'],
    ['a word that the code does not use', 'docs/glossary.md', 'halt latch', 'stop hook', 'stop hook is not a word'],
    ['an invariant that the code does not number', 'docs/invariants.md', '| 2 |', '| 3 |', 'has no invariant 3'],
    ['an invariant that is not listed', 'src-main/latch.ts', 'go.', 'go; 3 it stays.', '3 of src-main/latch.ts is not listed'],
    ['a test that is not there', 'docs/invariants.md', '| lets go |', '| flies |', 'has no test "flies"'],
    ['a message that names a command', 'src-preload/contract/text/en/cli.ts', '', "'Run `npm run fly`.'", 'no script fly'],
    ['a key that nothing listens to', 'docs/guides/keyboard.md', '<kbd>K<', '<kbd>J<', 'nothing on the screen listens to Ctrl J'],
    ['a key that is not listed', 'src-renderer/app/commands.ts', '}', `, keys: 'F6' }`, 'the keys F6 are not in the table'],
    ['a layer that may import less', 'docs/architecture.md', '`domain` | `base`', '`domain` | `engine`', 'domain may import base'],
    ['a layer that is not there', 'docs/architecture.md', '| `page` |', '| `attic` |', 'build/layers.ts has no layer attic'],
    ['a layer that is not listed', 'docs/architecture.md', '| `page` |', '| `attic` |', 'the layer page is not in the table'],
    ['a reference that is older than the code', 'docs/reference/cli.md', '### halt', '### stop', 'run npm run docs:write'],
    ['a risk with a column too few', register, ',trader', '', 'has 7 columns'],
    ['a register with other columns', register, 'owner', 'who', 'the columns are'],
    ['a register with an open quote', register, 'a net"', 'a net', 'a quote is left open'],
    ['a risk of nobody', register, 'trader', 'nobody', 'owner is one of'],
    ['a risk whose test is not there', register, 'latch.test', 'rope.test', 'rope.test.ts is not in the repository'],
    ['a risk that is mitigated by nothing', register, 'test/latch.test.ts', '', 'names the test that shows it'],
    ['a risk out of order', register, 'R-001', 'R-003', 'the id in this place is R-001'],
  ])('finds %s', (_what, file, said, lie, problem) => {
    const before = said === '' ? '' : readTree(file)
    expect(before).toContain(said)
    plant(file, before.replace(said, lie) || lie)
    expect(lies()).toContainEqual(expect.stringContaining(problem))
  })

  it.each([
    '[elsewhere](https://example.org/no-such-page)',
    '`npm ci`', '`npm run -s ballast -- status --json`', '`npm start -- --port 1`',
    '`ballast serve --port N`', '`ballast help halt`', '`ballast COMMAND --json`', '`BALLAST_HOME=./books ballast run`',
    '`trading.halt`', '`bridge.overflow`', '`decimal.js` and `package.json`',
    '`src-main/*.ts` and `docs/adr/<number>-<title>.md`', '`a/home/of/its/own`', '```text\nfly --home\n```',
  ])('lets %s pass', (truth) => {
    plant('README.md', `${readTree('README.md')}\n${truth}\n`)
    expect(lies()).toEqual([])
  })
})

describe('the references', () => {
  it('are stale when they are missing, and not when they were just written', () => {
    expect(staleReferences(tree, references)).toEqual([])
    rmSync(join(tree, 'docs/reference/contract.md'))
    expect(staleReferences(tree, references)).toMatchObject([{ file: 'docs/reference/contract.md', line: 1 }])
    writeReferences(tree, references)
    expect(staleReferences(tree, references)).toEqual([])
  })

  it('name every error with a sentence for people', () => {
    const lines = readTree('docs/reference/contract.md').split('\n')
    const rows = lines.filter((line) => /^\| `[a-z]+\.[a-z-]+` \| (malformed|refused|fault|bug) \|/.test(line))
    expect(rows.length).toBeGreaterThan(10)
    for (const row of rows) expect(row).toMatch(/\| \S.{10,}\|$/)
  })

  it('link to shapes that they describe', () => {
    cpSync(join(tree, 'docs/reference'), join(tree, 'copy'), { recursive: true })
    const contract = readMarkdown('contract.md', readTree('copy/contract.md'))
    const anchors = anchorsOf(contract)
    const targets = linksOf(contract).map(({ target }) => target)
    expect(targets).toContain('#shape-enginestatus')
    for (const target of targets) expect(anchors).toContain(target.slice(1))
  })
})

describe('Markdown', () => {
  it('is read with its code apart from its prose', () => {
    const document = readMarkdown('a.md', 'one `two` ``th`ree``\n```sh\n[not](a-link)\n```\n| `a\\|b` |\n')
    expect(codeTexts(document).map(({ text }) => text)).toEqual(['two', 'th`ree', '[not](a-link)', 'a|b'])
    expect(linksOf(document)).toEqual([])
  })

  it('has the anchors that GitHub makes', () => {
    const headings = ['# What exists, and what does not', '## `trading.halt`', '## A [link](b.md) to *it*', '## Twice', '## Twice']
    const document = readMarkdown('a.md', headings.join('\n'))
    expect([...anchorsOf(document)]).toEqual(['what-exists-and-what-does-not', 'tradinghalt', 'a-link-to-it', 'twice', 'twice-1'])
  })
})

describe('CSV', () => {
  it('is read with commas, quotes and line ends inside quotes', () => {
    expect(parseCsv('a,"b, ""c""\nd"\r\n,\n')).toEqual([{ line: 1, cells: ['a', 'b, "c"\nd'] }, { line: 3, cells: ['', ''] }])
    expect(parseCsv('a,"b')).toBeUndefined()
  })
})
