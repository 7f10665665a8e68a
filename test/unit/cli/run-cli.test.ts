import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli, type Program } from '../../../src-main/cli/index.ts'
import { fakeEngine, fakeProgram, fakeSurroundings, runningState } from './fake-surroundings.ts'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ballast-cli-'))
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const noEngine: Program['startEngine'] = () => Promise.reject(new Error('nothing here may start an engine'))

async function run(argv: readonly string[], { env = {}, startEngine = noEngine, isTTY = false } = {}): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  const surroundings = fakeSurroundings(argv, { BALLAST_HOME: home, ...env }, isTTY)
  const exitCode = await runCli(surroundings, fakeProgram(startEngine))
  return { exitCode, ...surroundings.written }
}

describe('one run of the command line', () => {
  it('answers on stdout and says nothing beside it', async () => {
    expect(await run(['version'])).toEqual({ exitCode: 0, stdout: 'Ballast 1.2.3\n', stderr: '' })
    expect(await run(['--version'])).toEqual({ exitCode: 0, stdout: 'Ballast 1.2.3\n', stderr: '' })
    expect(JSON.parse((await run(['version', '--json'])).stdout)).toMatchObject({ version: '1.2.3', node: process.versions.node })
  })

  it('helps when it is asked to, or to nothing', async () => {
    const { stdout } = await run([])
    expect(stdout).toContain('Usage: ballast <command> [flags]')
    for (const name of ['run', 'serve', 'status', 'halt', 'resume', 'doctor', 'schema', 'help', 'version']) expect(stdout).toMatch(new RegExp(`^  ${name} +\\w`, 'm'))
    expect((await run(['--help'])).stdout).toBe(stdout)
    expect((await run(['help'])).stdout).toBe(stdout)
    const serve = await run(['serve', '--help'])
    expect(serve.stdout).toContain('--access read|trade|admin')
    expect(serve).toEqual(await run(['help', 'serve']))
    expect((await run(['help', 'serv'])).stderr).toBe('There is no command "serv"; did you mean "serve"?\n')
  })

  it('puts the sentence of a failure on stderr, and one document on stdout if JSON is wanted', async () => {
    expect(await run(['nonsense'])).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no command "nonsense"; `ballast help` lists them.\n' })
    const asJson = await run(['nonsense', '--json'])
    expect(JSON.parse(asJson.stdout)).toEqual({
      error: { kind: 'malformed', code: 'cli.unknown-command', message: 'There is no command "nonsense"; `ballast help` lists them.' },
    })
    expect(asJson.stdout.endsWith('}\n')).toBe(true)
  })

  it('knows the profiles that risk no money and no others', async () => {
    expect(await run(['status', '--profile', 'live'])).toEqual({ exitCode: 2, stdout: '', stderr: 'There is no profile "live"; known are demo, paper.\n' })
    expect((await run(['status', '--profile', '../x'])).exitCode).toBe(2)
    expect((await run(['status', '--profile', 'paper'])).stderr).toBe('No engine of profile paper is running; start one with `ballast serve`.\n')
  })

  it.each([['status'], ['halt'], ['resume']])('answers %s with 3 and one sentence when no engine runs', async (name) => {
    const sentence = 'No engine of profile demo is running; start one with `ballast serve`.\n'
    expect(await run([name])).toEqual({ exitCode: 3, stdout: '', stderr: sentence })
  })

  it('speaks French when asked to, or when the system does', async () => {
    const french = 'Aucun moteur du profil demo ne tourne'
    expect((await run(['status', '--lang', 'fr'])).stderr).toContain(french)
    expect((await run(['status'], { env: { LANG: 'fr_CA.UTF-8' } })).stderr).toContain(french)
    expect((await run(['status'], { env: { LANG: 'fr_CA.UTF-8', LC_ALL: 'C' } })).stderr).toContain('No engine')
    expect((await run(['status', '--lang', 'en'], { env: { LANG: 'fr' } })).stderr).toContain('No engine')
  })

  it('is coloured for a person’s eyes only', async () => {
    const escape = '\u001B['
    expect((await run(['help'], { isTTY: true })).stdout).toContain(escape)
    expect((await run(['help'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain(escape)
    expect((await run(['help'], { isTTY: true, env: { TERM: 'dumb' } })).stdout).not.toContain(escape)
    expect((await run(['help'])).stdout).not.toContain(escape)
    expect((await run(['help', '--json'], { isTTY: true })).stdout).not.toContain(escape)
  })

  it('looks for the home where the caller of npm stands', async () => {
    const started: string[] = []
    const startEngine: Program['startEngine'] = ({ profile }) => {
      started.push(profile.folder)
      return Promise.resolve({ ok: false, reason: 'folder-unusable', detail: 'told so' })
    }
    await run(['run', '--home', 'books'], { env: { INIT_CWD: home }, startEngine })
    await run(['run', '--home', 'books'], { startEngine })
    await run(['run'], { env: { BALLAST_HOME: 'books', INIT_CWD: home }, startEngine })
    expect(started).toEqual([join(home, 'books/profiles/demo'), '/books/profiles/demo', join(home, 'books/profiles/demo')])
  })

  it('calls a bug a bug, with its place, and with the promised document', async () => {
    const answer = await run(['run', '--json'], { startEngine: () => Promise.reject(new Error('kaputt')) })
    expect(answer.exitCode).toBe(70)
    expect(JSON.parse(answer.stdout)).toMatchObject({ error: { kind: 'bug', code: 'cli.bug' } })
    expect(answer.stderr).toContain('kaputt')
    expect(answer.stderr).toContain('run-cli.test.ts')
  })
})

describe('an engine that is held by the command', () => {
  it.each([
    ['port-taken', 'Port 4711 cannot be had (told so); name another with --port.'],
    ['folder-unusable', 'cannot be used: told so.'],
    ['engine-down', 'The engine could not start: told so.'],
  ] as const)('says in one sentence why it does not start: %s', async (reason, sentence) => {
    const answer = await run(['serve', '--port', '4711'], { startEngine: () => Promise.resolve({ ok: false, reason, detail: 'told so' }) })
    expect(answer).toMatchObject({ exitCode: 3, stdout: '' })
    expect(answer.stderr).toContain(sentence)
    expect(answer.stderr.trim().split('\n')).toHaveLength(1)
  })

  it('waits for a folder that a dying engine still holds', async () => {
    const engine = fakeEngine()
    const outcomes = [{ ok: false, reason: 'folder-in-use', detail: 'locked' } as const, engine.started]
    const surroundings = fakeSurroundings(['run'], { BALLAST_HOME: home })
    const ended = runCli(surroundings, fakeProgram(() => Promise.resolve(outcomes.shift() ?? engine.started)))
    await expect.poll(() => surroundings.written.stdout).toContain('is ready')
    surroundings.sendStop('SIGTERM')
    expect(await ended).toBe(0)
    expect(engine.stops).toBe(1)
  })

  it('ends with 130 on Ctrl-C, even on one that came before the engine was there', async () => {
    const engine = fakeEngine()
    const surroundings = fakeSurroundings(['serve', '--json'], { BALLAST_HOME: home })
    const ended = runCli(surroundings, fakeProgram(() => {
      surroundings.sendStop('SIGINT')
      return Promise.resolve(engine.started)
    }))
    expect(await ended).toBe(130)
    expect(engine.stops).toBe(1)
    expect(JSON.parse(surroundings.written.stdout)).toMatchObject({ url: 'http://localhost:4711/#t=admin.secret', isPageBuilt: false, wasRunning: false })
  })

  it('takes two stops of one moment for one, and a later one for haste', async () => {
    const engine = fakeEngine()
    engine.hangOnStop()
    const surroundings = fakeSurroundings(['run'], { BALLAST_HOME: home })
    let isOver = false
    const ended = runCli(surroundings, fakeProgram(() => Promise.resolve(engine.started))).finally(() => (isOver = true))
    await expect.poll(() => surroundings.written.stdout).toContain('is ready')
    surroundings.sendStop('SIGINT')
    surroundings.sendStop('SIGINT')
    await wait(550)
    expect([engine.stops, isOver]).toEqual([1, false])
    surroundings.sendStop('SIGINT')
    expect(await ended).toBe(130)
  })

  it('does not keep somebody in haste waiting for a start that hangs', async () => {
    const surroundings = fakeSurroundings(['run'], { BALLAST_HOME: home })
    const ended = runCli(surroundings, fakeProgram(() => new Promise(() => undefined)))
    surroundings.sendStop('SIGINT')
    await wait(550)
    surroundings.sendStop('SIGINT')
    expect(await ended).toBe(130)
    expect(surroundings.written).toEqual({ stdout: '', stderr: 'Stopped before the engine was ready.\n' })
  })

  it('passes a signal to halt on, at the latest when there is an engine, and before any words', async () => {
    const halt = { reason: 'signal SIGUSR2', actor: 'signal' }
    const engine = fakeEngine()
    const surroundings = fakeSurroundings(['run'], { BALLAST_HOME: home })
    const ended = runCli(surroundings, fakeProgram(() => {
      surroundings.sendHalt()
      return Promise.resolve(engine.started)
    }))
    await expect.poll(() => engine.heard).toEqual([halt])
    engine.become({ kind: 'restarting', restarts: 1, detail: 'SIGKILL', inMs: 250 })
    // The supervisor keeps the wish for the next engine.
    surroundings.sendHalt()
    expect(engine.heard).toEqual([halt, halt])
    surroundings.sendStop('SIGINT')
    expect(await ended).toBe(130)
    expect(surroundings.written.stderr).toContain('The engine went (SIGKILL) and is started again; nothing is traded meanwhile.\nA signal asks')
  })

  it('says what becomes of the engine, once each', async () => {
    const engine = fakeEngine()
    const surroundings = fakeSurroundings(['run'], { BALLAST_HOME: home })
    const ended = runCli(surroundings, fakeProgram(() => Promise.resolve(engine.started)))
    await expect.poll(() => surroundings.written.stdout).toContain('is ready')
    await Promise.resolve()
    for (let beat = 0; beat < 3; beat++) engine.become(runningState)
    engine.become({ kind: 'down', restarts: 2, detail: 'exit code 70' })
    surroundings.sendStop('SIGHUP')
    expect(await ended).toBe(0)
    expect(surroundings.written.stderr.match(/stays down/g)).toHaveLength(1)
    expect(surroundings.written.stderr).not.toContain('runs again')
  })
})
