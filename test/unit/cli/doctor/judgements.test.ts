import { describe, expect, it } from 'vitest'
import { judgeClock } from '../../../../src-main/cli/doctor/clock-check.ts'
import { judgeDatabase } from '../../../../src-main/cli/doctor/database-check.ts'
import { judgeBrowser, judgeDisplay, judgeElectron, judgePage } from '../../../../src-main/cli/doctor/desktop-checks.ts'
import { judgeDisk, judgeSpace } from '../../../../src-main/cli/doctor/disk-checks.ts'
import { judgeEngine, judgePort } from '../../../../src-main/cli/doctor/engine-checks.ts'
import { judgeFolder, judgeMode } from '../../../../src-main/cli/doctor/folder-checks.ts'
import { judgeKeychain } from '../../../../src-main/cli/doctor/keychain-check.ts'
import { judgeLock } from '../../../../src-main/cli/doctor/lock-check.ts'
import { judgeNode, judgePlatform } from '../../../../src-main/cli/doctor/node-checks.ts'
import type { CheckState, Finding } from '../../../../src-main/cli/doctor/check.ts'
import { createSpeech } from '../../../../src-main/cli/speech.ts'

const answers = { kind: 'answers', port: 47_810, processId: 12, version: '1.0.0' } as const
const none = { kind: 'none' } as const
const silent = { kind: 'silent', sentence: 'It did not answer.' } as const
const folder = { folder: '/home/me/data', nearest: '/home/me/data', isFolder: true, isWritable: true }

type Row = readonly [what: string, finding: Finding, state: CheckState, detail: string | RegExp]
const rows: readonly Row[] = [
  ['the Node that runs this', judgeNode('24.21.0'), 'ok', 'Node 24.21.0'],
  ['the first Node that will do', judgeNode('22.18.0'), 'ok', 'Node 22.18.0'],
  ['a Node just too old', judgeNode('22.17.1'), 'fail', /too old/],
  ['a Node of two years ago', judgeNode('20.20.2'), 'fail', /22\.18 or newer/],
  ['a system that is tested', judgePlatform('darwin', 'arm64'), 'ok', 'darwin on arm64'],
  ['a system that is not', judgePlatform('freebsd', 'x64'), 'warn', /freebsd on x64/],
  ['a processor that is not', judgePlatform('linux', 'riscv64'), 'warn', /riscv64/],

  ['a data folder', judgeFolder(folder), 'ok', '/home/me/data'],
  ['a data folder to be', judgeFolder({ ...folder, nearest: '/home/me' }), 'ok', /can be made/],
  ['a data folder that cannot be written', judgeFolder({ ...folder, isWritable: false }), 'fail', '/home/me/data cannot be written to'],
  ['a file in the way', judgeFolder({ ...folder, nearest: '/home/me/data', isFolder: false }), 'fail', /is not a folder/],
  ['a folder for its owner', judgeMode('linux', '/d', 0o40700), 'ok', 'yours alone (0700)'],
  ['a folder that others can read', judgeMode('linux', '/d', 0o40755), 'warn', /look into it \(0755\)/],
  ['a folder that the group can write', judgeMode('darwin', '/d', 0o40770), 'fail', /write into it \(0770\)/],
  ['a folder that is not there yet', judgeMode('linux', '/d', undefined), 'ok', 'will be yours alone'],
  ['a folder of Windows', judgeMode('win32', 'C:\\d', 0o40777), 'ok', /Windows/],

  ['plenty of room', judgeSpace(250e9), 'ok', '250.0 GB free'],
  ['just enough room', judgeSpace(1e9), 'ok', '1.0 GB free'],
  ['little room', judgeSpace(999e6), 'warn', 'only 999 MB free'],
  ['hardly any room', judgeSpace(99e6), 'fail', 'only 99 MB free'],
  ['an own disk', judgeDisk('linux', '/d', 0xef53), 'ok', 'in this computer'],
  ['a disk of the network', judgeDisk('linux', '/d', 0x6969), 'fail', /NFS/],
  ['a disk of Windows’ network', judgeDisk('linux', '/d', 0xfe534d42), 'fail', /SMB2/],
  ['a disk of a program', judgeDisk('linux', '/d', 0x65735546), 'warn', /cannot be told/],
  ['a path of Windows’ network', judgeDisk('win32', '\\\\server\\d', 0), 'fail', /SMB/],
  ['a number that means nothing on macOS', judgeDisk('darwin', '/d', 0x6969), 'ok', 'in this computer'],

  ['a free lock', judgeLock({ kind: 'free' }, none, '/d'), 'ok', 'free'],
  ['a lock that the engine holds', judgeLock({ kind: 'held' }, answers, '/d'), 'ok', /process 12/],
  ['a lock that nobody admits to', judgeLock({ kind: 'held' }, none, '/d'), 'fail', '/d is locked, but no engine answers'],
  ['a lock whose engine is silent', judgeLock({ kind: 'held' }, silent, '/d'), 'fail', /no engine answers/],
  ['a broken lock', judgeLock({ kind: 'unusable', detail: 'disk I/O error' }, none, '/d'), 'fail', /disk I\/O error/],

  ['a database that encrypts', judgeDatabase({ ok: true, sqliteVersion: '3.53.4' }), 'ok', /3\.53\.4/],
  ['a database that does not load', judgeDatabase({ ok: false, trouble: 'binding', detail: 'no file' }), 'fail', /does not work here: no file/],
  ['a database that does not encrypt', judgeDatabase({ ok: false, trouble: 'plain-text', detail: 'x' }), 'fail', /anyone can read/],
  ['a database that takes any key', judgeDatabase({ ok: false, trouble: 'wrong-key-taken', detail: 'x' }), 'fail', /wrong key/],
  ['a database that loses things', judgeDatabase({ ok: false, trouble: 'content-lost', detail: 'x' }), 'fail', /give back/],

  ['a keychain', judgeKeychain('linux', 'unix:path=/run/bus', 'present'), 'ok', 'the session offers a keychain'],
  ['a system with a keychain of its own', judgeKeychain('darwin', undefined, 'cannot-ask'), 'ok', 'comes with the system'],
  ['a session without a bus', judgeKeychain('linux', undefined, 'cannot-ask'), 'warn', /no D-Bus session/],
  ['a bus without a keychain', judgeKeychain('linux', 'unix:path=/run/bus', 'absent'), 'warn', /no program/],
  ['a bus that cannot be asked', judgeKeychain('linux', 'unix:path=/run/bus', 'cannot-ask'), 'warn', /could not be asked/],

  ['a browser', judgeBrowser('linux', 'firefox'), 'ok', 'firefox'],
  ['no browser', judgeBrowser('linux', undefined), 'warn', /no browser/],
  ['the browser of a system that has one', judgeBrowser('win32', undefined), 'ok', 'comes with the system'],
  ['a display', judgeDisplay({ DISPLAY: ':0' }, 'linux'), 'ok', ':0'],
  ['a display of the newer kind', judgeDisplay({ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'linux'), 'ok', 'wayland-0'],
  ['no display', judgeDisplay({ DISPLAY: '' }, 'linux'), 'warn', /no display/],
  ['the display of a system that has one', judgeDisplay({}, 'darwin'), 'ok', 'comes with the system'],
  ['an Electron', judgeElectron('/e/electron'), 'ok', '/e/electron'],
  ['no Electron', judgeElectron(undefined), 'warn', /not fetched yet/],
  ['a built page', judgePage(true, '/p'), 'ok', 'built'],
  ['no built page', judgePage(false, '/p'), 'warn', '/p holds no page'],

  ['a free port', judgePort(47_810, undefined, none), 'ok', '47810 is free'],
  ['the port of our engine', judgePort(47_810, 'EADDRINUSE', answers), 'ok', /running engine’s/],
  ['a port that another program has', judgePort(47_810, 'EADDRINUSE', none), 'fail', '47810 cannot be had (EADDRINUSE)'],
  ['a port that another program has while ours runs elsewhere', judgePort(47_811, 'EADDRINUSE', answers), 'warn', /47811/],
  ['an engine that answers', judgeEngine(answers), 'ok', 'version 1.0.0 answers on port 47810 (process 12)'],
  ['an engine that does not', judgeEngine(silent), 'fail', 'It did not answer.'],
  ['no engine', judgeEngine(none), 'ok', 'none is running'],

  ['a clock', judgeClock(Date.UTC(2026, 10, 21), 3), 'ok', '2026-11-21T00:00:00.000Z'],
  ['a clock that was never set', judgeClock(0, 0), 'fail', /1970-01-01/],
  ['a clock that is being set', judgeClock(Date.UTC(2026, 10, 21), -120.4), 'warn', /moved by -120 ms/],
]

describe('the doctor', () => {
  it.each(rows)('judges %s', (_what, finding, state, detail) => {
    expect(finding.state).toBe(state)
    const said = createSpeech('en').sayPhrase(finding.detail)
    if (typeof detail === 'string') expect(said).toBe(detail)
    else expect(said).toMatch(detail)
  })

  it('leaves no placeholder open and gives advice with every trouble, in both languages', () => {
    for (const [what, { state, detail, fix }] of rows) {
      for (const speech of [createSpeech('en'), createSpeech('fr')]) {
        expect(speech.sayPhrase(detail), what).not.toMatch(/[{}]|^cli\./)
        if (state === 'ok') expect(fix, what).toBeUndefined()
        else expect(speech.sayPhrase(fix ?? detail), what).toMatch(/^[^{}]{10,}$/)
        if (state !== 'ok') expect(fix, what).toBeDefined()
      }
    }
  })
})
