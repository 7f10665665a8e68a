import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLaunchOptions } from '../../../src-main/supervisor/index.ts'

const noSmoke = (): string => {
  throw new Error('only a smoke run needs a folder of its own')
}
const read = (args: readonly string[], env: NodeJS.ProcessEnv = { BALLAST_HOME: '/home/of/ballast' }) =>
  readLaunchOptions(['/usr/bin/electron', ...args], env, noSmoke)

describe('the launch options', () => {
  it('are the demo profile in the data home when nothing is said', () => {
    expect(read(['.'])).toMatchObject({
      ok: true,
      options: { home: resolve('/home/of/ballast'), isSmoke: false, profile: { name: 'demo', kind: 'demo', port: 47_810 } },
    })
  })

  it('pass over what is meant for Chromium, Electron, Node or a test runner', () => {
    const foreign = ['--inspect=0', '--remote-debugging-port=0', '-r', '/a/loader.js', '.', '--no-first-run', '--lang=fr', '--unknown']
    expect(read(foreign)).toEqual(read(['.']))
  })

  it('put everything into the folder that is given for it, which wins over the environment', () => {
    const given = read(['.', '--user-data-dir=elsewhere', '--profile', 'paper', '--port=0'])
    expect(given).toMatchObject({
      ok: true,
      options: { home: resolve('elsewhere'), profile: { kind: 'paper', folder: join(resolve('elsewhere'), 'profiles', 'paper'), port: 0 } },
    })
  })

  it('take the last of a flag that is given twice', () => {
    expect(read(['.', '--port=0', '--port=47999'])).toMatchObject({ ok: true, options: { profile: { port: 47_999 } } })
  })

  it('give a smoke run a new folder and any free port', () => {
    const smoke = readLaunchOptions(['ballast', '--smoke'], {}, () => '/tmp/made-for-it')
    expect(smoke).toMatchObject({ ok: true, options: { isSmoke: true, home: resolve('/tmp/made-for-it'), profile: { port: 0 } } })
  })

  it('let a smoke run have the folder that it is given', () => {
    expect(read(['--smoke', '--user-data-dir=/tmp/given'])).toMatchObject({ ok: true, options: { isSmoke: true, home: resolve('/tmp/given') } })
  })

  it.each([
    [['--profile=live'], 'there is no profile live, only demo and paper'],
    [['--profile='], 'there is no profile , only demo and paper'],
    [['--port=65536'], '--port wants a number up to 65535'],
    [['--port=-1'], '--port wants a number up to 65535'],
    [['--port=a'], '--port wants a number up to 65535'],
    [['--port=1.5'], '--port wants a number up to 65535'],
  ])('refuse %j', (args, problem) => {
    expect(read(args)).toEqual({ ok: false, problem })
  })
})
