import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folder = join(root, '.github/workflows')
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))

/** The texts of a workflow's jobs: what is indented below `jobs:` by two spaces begins one. */
function jobsOf(text: string): readonly string[] {
  const [, jobs = ''] = text.split(/^jobs:$/m)
  return jobs.split(/^ {2}(?=[\w-]+:$)/m).slice(1)
}

/** Every shell text, whether on the line of its `run:` or in the block below it. */
function commandsOf(text: string): readonly string[] {
  const runs = text.matchAll(/^( *)(?:- )?run: (?:\|\n((?:\1 +.*\n|\n)+)|(.+)\n)/gm)
  return [...runs].map(([, , block, line]) => block ?? line ?? '')
}

describe.each(workflows)('the workflow $name', ({ text }) => {
  it('names every action by commit, with its release beside it', () => {
    const uses = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action ?? '')
    expect(uses.length).toBeGreaterThan(0)
    expect(uses.filter((action) => !/^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action))).toEqual([])
  })

  it('gives its token the right to read and no more, unless a job says why it needs more', () => {
    expect(text).toContain('\npermissions:\n  contents: read\n\n')
    const mayWrite = jobsOf(text).filter((job) => /: write$/m.test(job))
    expect(mayWrite.every((job) => job.includes('\n    environment: release\n'))).toBe(true)
  })

  it('leaves no token in the checkout', () => {
    const checkouts = text.split('actions/checkout@').slice(1)
    expect(checkouts.every((after) => /^.*\n {8}with:\n {10}persist-credentials: false\n/.test(after))).toBe(true)
  })

  it('reads secrets only in the protected environment', () => {
    const jobs = jobsOf(text)
    expect(jobs.length).toBeGreaterThan(0)
    const readers = jobs.filter((job) => job.includes('secrets.'))
    expect(readers.filter((job) => !job.includes('\n    environment: release\n'))).toEqual([])
  })

  it('puts nothing from outside into the text of a command', () => {
    const commands = commandsOf(text)
    expect(commands.length).toBe(text.match(/run: [^\n]/g)?.length)
    expect(commands.filter((command) => command.includes('${{'))).toEqual([])
  })

  it('ends every job in time', () => {
    expect(jobsOf(text).filter((job) => !/^ {4}timeout-minutes: \d+$/m.test(job))).toEqual([])
  })

  it('runs scripts and files that exist', () => {
    // Our own package.json.
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      readonly scripts: Readonly<Record<string, string>>
    }
    const called = [...text.matchAll(/npm (?:run ([\w:-]+)|(test)\b)/g)].map(([, script, test]) => script ?? test ?? '')
    expect(called.filter((name) => scripts[name] === undefined)).toEqual([])
    const files = [...text.matchAll(/node (build\/[\w./-]+\.ts)/g)].map(([, file]) => file ?? '')
    expect(files.filter((file) => !readFileSync(join(root, file), 'utf8').includes('import.meta.main'))).toEqual([])
  })
})
