import {
  chmodSync, mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync,
} from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openLog, SecretRegister, type LogParts, type OpenedLog } from '../../../src-main/monitor/index.ts'
import { logsToRemove, parseLogName, printLogName } from '../../../src-main/monitor/log/log-names.ts'

const noon = Date.UTC(2026, 10, 21, 12)
let folder: string
let nowMs: number
const opened: OpenedLog[] = []

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ballast-log-')), 'logs')
  nowMs = noon
})
afterEach(async () => {
  for (const log of opened.splice(0)) await log.close()
  rmSync(join(folder, '..'), { recursive: true, force: true })
})

function start(parts: Partial<LogParts> = {}): OpenedLog {
  const log = openLog({ folder, secrets: new SecretRegister(), nowMs: () => nowMs, ...parts })
  opened.push(log)
  return log
}

type Line = Record<string, unknown>
const rawOf = (name: string): string => readFileSync(join(folder, name), 'utf8')
const linesOf = (name: string): readonly Line[] => rawOf(name).split('\n').filter((line) => line !== '').map(
  (line) => JSON.parse(line) as Line,
)
const today = 'ballast-2026-11-21.jsonl'

describe('the log', () => {
  it('writes one line of JSON for each message, for its owner alone', async () => {
    const log = start({ labels: { profile: 'demo' } })
    log.info('journal', 'opened', { segments: 3 })
    log.child('c-1').warn('bridge', 'slow')
    await log.flush()
    expect(linesOf(today)).toEqual([
      { level: 'info', time: noon, profile: 'demo', area: 'journal', message: 'opened', fields: { segments: 3 } },
      { level: 'warn', time: noon, profile: 'demo', area: 'bridge', correlation: 'c-1', message: 'slow' },
    ])
    expect(statSync(join(folder, today)).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('makes a file its owner’s alone that was there with more rights', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, today), '')
    chmodSync(join(folder, today), 0o644)
    const log = start()
    log.info('a', 'b')
    await log.flush()
    expect(statSync(join(folder, today)).mode & 0o777).toBe(0o600)
  })

  it('leaves out what is below its level, and the level can be changed', async () => {
    const log = start({ level: 'warn' })
    log.debug('a', 'debug')
    log.info('a', 'info')
    log.setLevel('debug')
    log.debug('a', 'now')
    log.error('a', 'error', { error: new Error('x') })
    await log.flush()
    expect(linesOf(today).map(({ message }) => message)).toEqual(['now', 'error'])
  })

  it('keeps a line break in a message inside its line', async () => {
    const log = start()
    log.info('a', 'one\ntwo', { text: 'three\r\nfour\u2028' })
    await log.flush()
    expect(linesOf(today)).toHaveLength(1)
  })

  it('never lets a planted secret out, wherever it was put', async () => {
    const planted = 'planted-secret-42'
    const secrets = new SecretRegister()
    secrets.add(planted)
    const log = start({ secrets, level: 'debug' })
    const encoded = Buffer.from(planted).toString('base64')
    log.child(planted).error(planted, `failed with ${planted}`, {
      error: new Error(`bad ${planted}`, { cause: new Error(`cause ${encoded}`) }),
    })
    log.info('a', 'fields', {
      plain: planted, nested: { list: [{ deep: planted }] }, token: planted, encoded,
      hex: Buffer.from(planted).toString('hex'),
      url: `https://x.test/?q=${encodeURIComponent(planted)}`,
      basic: Buffer.from(`u:${planted}`).toString('base64'),
      [`name-${planted}`]: 1,
    })
    // What the compiler would not let through.
    log.info('a', 'past the compiler', { buffer: Buffer.from(planted), map: new Map([[planted, planted]]) } as never)
    log.warn('a', 'as numbers', { bytes: [...Buffer.from(planted)] })
    await log.flush()
    const raw = rawOf(today)
    expect(linesOf(today)).toHaveLength(4)
    expect(linesOf(today)[3]).toEqual(
      { level: 'warn', time: noon, area: 'log', message: 'a line that held a secret was left out' },
    )
    for (const form of [
      planted, encoded, Buffer.from(planted).toString('hex'), Buffer.from(planted).toString('base64url').slice(2, -2),
      [...Buffer.from(planted)].join(','),
    ]) {
      expect(raw).not.toContain(form)
    }
    expect(raw).not.toContain('u:planted')
  })

  it('begins a new file when the day turns, and when one is full', async () => {
    const log = start({ limits: { fileBytesMax: 250 } })
    for (let at = 0; at < 4; at += 1) {
      log.info('a', `message ${at}`)
      await log.flush()
    }
    nowMs += 86_400_000
    log.info('a', 'tomorrow')
    await log.flush()
    expect(readdirSync(folder).toSorted()).toEqual(
      [today.replace('.jsonl', '.1.jsonl'), today, 'ballast-2026-11-22.jsonl'].toSorted(),
    )
    expect(linesOf('ballast-2026-11-22.jsonl')[0]).toMatchObject({ message: 'tomorrow' })
    const all = [...linesOf(today), ...linesOf(today.replace('.jsonl', '.1.jsonl'))].map(({ message }) => message)
    expect(all).toEqual(['message 0', 'message 1', 'message 2', 'message 3'])
  })

  it('goes on in the newest file of the day after a restart', async () => {
    const first = start()
    first.info('a', 'first')
    await first.close()
    const second = start()
    second.info('a', 'second')
    await second.flush()
    expect(linesOf(today).map(({ message }) => message)).toEqual(['first', 'second'])
  })

  it('removes old files of its own, and nothing else', async () => {
    mkdirSync(folder)
    for (const name of [
      'ballast-2026-10-01.jsonl', 'ballast-2026-11-20.jsonl', 'notes.txt', 'ballast-2026-10-01.jsonl.bak',
    ]) writeFileSync(join(folder, name), 'x')
    utimesSync(join(folder, 'notes.txt'), 0, 0)
    const log = start()
    log.info('a', 'b')
    await log.flush()
    expect(readdirSync(folder).toSorted()).toEqual(
      ['ballast-2026-10-01.jsonl.bak', 'ballast-2026-11-20.jsonl', today, 'notes.txt'].toSorted(),
    )
  })

  it('keeps as much as the settings say, from the next file on', async () => {
    mkdirSync(folder)
    writeFileSync(join(folder, 'ballast-2026-11-19.jsonl'), 'x')
    const log = start()
    log.info('a', 'b')
    await log.flush()
    expect(readdirSync(folder)).toContain('ballast-2026-11-19.jsonl')
    log.setRetention({ days: 2, megabytes: 1 })
    nowMs += 86_400_000
    log.info('a', 'c')
    await log.flush()
    expect(readdirSync(folder).toSorted()).toEqual([today, 'ballast-2026-11-22.jsonl'])
  })

  it('does not follow a link that was put in its place', async () => {
    mkdirSync(folder)
    const elsewhere = join(folder, '..', 'elsewhere')
    writeFileSync(elsewhere, 'untouched')
    symlinkSync(elsewhere, join(folder, today))
    const log = start()
    log.info('a', 'b')
    await log.flush()
    expect(readFileSync(elsewhere, 'utf8')).toBe('untouched')
    expect(log.state.trouble).toBe('ELOOP')
  })
})

/** A disk that can be told to fail, to hang, and to write only a part. */
function createDisk() {
  const disk = { fails: undefined as string | undefined, hangs: false, writesAtMost: Infinity, letGo: () => undefined as void }
  const opens: NonNullable<LogParts['opens']> = async (path) => {
    if (disk.fails !== undefined) throw Object.assign(new Error(`${disk.fails}: ${path}`), { code: disk.fails })
    const handle: FileHandle = await open(path, 'a', 0o600)
    const write = async (bytes: Buffer, offset: number, length: number) => {
      if (disk.hangs) await new Promise<void>((resolve) => (disk.letGo = resolve))
      if (disk.writesAtMost <= 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' })
      const part = Math.min(length, disk.writesAtMost)
      disk.writesAtMost -= part
      return handle.write(bytes, offset, part)
    }
    return {
      write: write as FileHandle['write'], stat: () => handle.stat(), close: () => handle.close(),
      chmod: (mode: number) => handle.chmod(mode),
    } as never
  }
  return { disk, opens }
}

const until = async (isSo: () => boolean): Promise<void> => {
  for (let tries = 0; !isSo(); tries += 1) {
    if (tries > 500) throw new Error('it did not come to be')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('a disk in trouble', () => {
  it('costs the caller nothing: lines wait, those too many are counted, and both are said when it is well again', async () => {
    const { disk, opens } = createDisk()
    disk.fails = 'ENOSPC'
    const log = start({ opens, limits: { retryMs: 20, waitingBytesMax: 1_000 } })
    for (let at = 0; at < 50; at += 1) log.info('a', `message ${at}`)
    await log.flush()
    expect(log.state).toMatchObject({ trouble: 'ENOSPC' })
    expect(log.state.lost).toBeGreaterThan(30)
    const { lost } = log.state
    disk.fails = undefined
    await until(() => log.state.trouble === undefined && log.state.waiting === 0)
    await log.flush()
    const lines = linesOf(today)
    expect(lines[0]).toMatchObject({ message: 'message 0' })
    expect(lines.at(-1)).toMatchObject(
      { level: 'warn', area: 'log', message: 'lines were lost', fields: { lost, detail: 'ENOSPC' } },
    )
    expect(lines.length - 1 + lost).toBe(50)
  })

  it('that hangs holds nobody up, not even the end', async () => {
    const { disk, opens } = createDisk()
    disk.hangs = true
    const log = start({ opens, limits: { waitingBytesMax: 500 } })
    const before = performance.now()
    for (let at = 0; at < 1_000; at += 1) log.info('a', 'message')
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (let at = 0; at < 1_000; at += 1) log.info('a', 'message')
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(log.state.lost).toBeGreaterThan(1_900)
    disk.hangs = false
    disk.letGo()
    await log.flush()
    expect(linesOf(today).at(-1)).toMatchObject({ message: 'lines were lost', fields: { detail: 'slow' } })
  })

  it('that hangs is waited for at the end, but not for ever', async () => {
    const { disk, opens } = createDisk()
    disk.hangs = true
    const log = start({ opens })
    log.info('a', 'message')
    await until(() => log.state.file !== undefined)
    const before = performance.now()
    await log.close(100)
    expect(performance.now() - before).toBeLessThan(1_500)
    log.info('a', 'after the end')
    disk.hangs = false
    disk.letGo()
  })

  it('that fills in the middle of a line leaves every other line whole', async () => {
    const { disk, opens } = createDisk()
    disk.writesAtMost = 150
    const log = start({ opens, limits: { retryMs: 20 } })
    for (let at = 0; at < 5; at += 1) log.info('a', `message ${at}`)
    await log.flush()
    expect(log.state.trouble).toBe('ENOSPC')
    disk.writesAtMost = Infinity
    await until(() => log.state.trouble === undefined && log.state.waiting === 0)
    await log.flush()
    const whole = rawOf(today).split('\n').filter(
      (line) => line.endsWith('}'),
    ).map((line) => (JSON.parse(line) as Line)['message'])
    expect(whole).toEqual(['message 0', 'message 1', 'message 2', 'message 3', 'message 4'])
    expect(rawOf(today).split('\n').filter((line) => line !== '' && !line.endsWith('}'))).toHaveLength(1)
  })

  it('is tried again no sooner because more is logged', async () => {
    const { disk, opens } = createDisk()
    disk.fails = 'EIO'
    let tries = 0
    const log = start({ opens: (path) => (tries++, opens(path)), limits: { retryMs: 10_000 } })
    log.info('a', 'b')
    await log.flush()
    log.info('a', 'c')
    await log.flush()
    expect(tries).toBe(1)
  })

  it('does not keep back the last words of a process that ends', async () => {
    const log = start()
    log.info('a', 'last words')
    log.flushNow()
    expect(linesOf(today)).toHaveLength(1)
    await log.flush()
    log.info('a', 'still there')
    await log.flush()
    expect(linesOf(today).map(({ message }) => message)).toEqual(['last words', 'still there'])
  })

  it('may take the last words of a process with it, but does not throw at it', async () => {
    const log = start()
    writeFileSync(folder, 'a file where the folder should be')
    log.info('a', 'last words')
    log.flushNow()
    expect(log.state.trouble).toBe('EEXIST')
  })

  it('has what was on its way written again whole when the process ends', async () => {
    const { disk, opens } = createDisk()
    disk.hangs = true
    const log = start({ opens })
    log.info('a', 'on its way')
    await until(() => log.state.file !== undefined)
    log.info('a', 'behind it')
    log.flushNow()
    expect(linesOf(today).map(({ message }) => message)).toEqual(['on its way', 'behind it'])
    disk.hangs = false
    disk.letGo()
  })
})

describe('the names of log files', () => {
  it('are read as they are written', () => {
    for (const name of [
      { day: '2026-11-21', part: 0 }, { day: '2026-11-21', part: 12 },
    ]) expect(parseLogName(printLogName(name))).toEqual(name)
    expect(
      [
        'ballast-2026-11-21.0.jsonl', 'ballast.jsonl', '../ballast-2026-11-21.jsonl', 'ballast-2026-11-21.jsonl.gz',
      ].map(parseLogName),
    ).toEqual([
      undefined, undefined, undefined, undefined,
    ])
  })

  it('say which have to go: by age, then the oldest by size, and never the one in use', () => {
    const log = (day: string, part: number, bytes: number) => ({ day, part, bytes })
    const logs = [
      log('2026-11-21', 0, 900_000), log('2026-11-21', 1, 900_000), log('2026-11-20', 0, 900_000), log('2026-11-18', 0, 1),
    ]
    const removed = (retention: { days: number; megabytes: number }) =>
      logsToRemove(logs, { day: '2026-11-21', part: 1 }, noon, retention).map(printLogName).toSorted()
    expect(removed({ days: 30, megabytes: 100 })).toEqual([])
    expect(removed({ days: 3, megabytes: 100 })).toEqual(['ballast-2026-11-18.jsonl'])
    expect(removed({ days: 30, megabytes: 2 })).toEqual(['ballast-2026-11-18.jsonl', 'ballast-2026-11-20.jsonl'])
    expect(removed({ days: 1, megabytes: 0 })).not.toContain('ballast-2026-11-21.1.jsonl')
  })
})
