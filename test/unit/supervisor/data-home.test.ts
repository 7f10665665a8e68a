import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  dataHome, findProfile, profileNames, readEngineAddress, removeEngineAddress, writeEngineAddress,
} from '../../../src-main/supervisor/index.ts'

describe('the data home', () => {
  it('is where each system keeps such things', () => {
    expect(dataHome({}, 'linux', '/home/a')).toBe(join('/home/a', '.local', 'share', 'ballast'))
    expect(dataHome({ XDG_DATA_HOME: '/x' }, 'linux', '/home/a')).toBe(join('/x', 'ballast'))
    expect(dataHome({}, 'darwin', '/Users/a')).toBe(join('/Users/a', 'Library', 'Application Support', 'Ballast'))
    expect(dataHome({ APPDATA: '/roaming' }, 'win32', '/u')).toBe(join('/roaming', 'Ballast'))
    expect(dataHome({}, 'win32', '/u')).toBe(join('/u', 'AppData', 'Roaming', 'Ballast'))
  })

  it('is where BALLAST_HOME says, on every system', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(dataHome({ BALLAST_HOME: '/b' }, platform, '/u')).toBe('/b')
  })
})

describe('a profile', () => {
  it('has a folder and a port of its own', () => {
    const profiles = profileNames.map((name) => findProfile('/home', name))
    expect(new Set(profiles.map((profile) => profile?.port)).size).toBe(profileNames.length)
    expect(findProfile('/home', 'demo')).toMatchObject({ kind: 'demo', folder: join('/home', 'profiles', 'demo') })
  })

  it.each(['live', '', '../demo', 'Demo'])('is not made up from %j', (name) => {
    expect(findProfile('/home', name)).toBeUndefined()
  })
})

describe('the engine’s address', () => {
  let folder: string
  const address = { port: 1, token: 'admin.x', processId: 2, version: '0.1.0' }
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ballast-address-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  it('is for its owner’s eyes, even over a file that was not', () => {
    writeFileSync(join(folder, 'engine.json'), '{}')
    chmodSync(join(folder, 'engine.json'), 0o644)
    writeEngineAddress(folder, address)
    expect(statSync(join(folder, 'engine.json')).mode & 0o777).toBe(0o600)
    expect(readEngineAddress(folder)).toEqual(address)
    removeEngineAddress(folder, address.token)
    removeEngineAddress(folder, address.token)
    expect(readEngineAddress(folder)).toBeUndefined()
  })

  it('is not removed by whoever had the folder before', () => {
    writeEngineAddress(folder, address)
    removeEngineAddress(folder, 'admin.another')
    expect(readEngineAddress(folder)).toEqual(address)
  })

  it.each([
    '', 'null', '[]', '{"port":"1"}', '{"port":1,"token":"x","processId":1}',
    '{"port":70000,"token":"x","processId":1,"version":"1"}', '{"port":-1,"token":"x","processId":1,"version":"1"}',
    '{"port":1.5,"token":"x","processId":1,"version":"1"}',
  ])('is not made up from %j', (text) => {
    writeFileSync(join(folder, 'engine.json'), text)
    expect(readEngineAddress(folder)).toBeUndefined()
  })
})
