import { fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ensureOk } from '../../../src-main/base/index.ts'
import type { JournalRecord } from '../../../src-main/ports/index.ts'
import { catchUp } from '../../unit/store/books/served-books.ts'
import { BooksReader, booksPath, kindIs, openBooks, type Books } from '../../../src-main/store/books/index.ts'

const threadEntry = new URL('../../../src-main/books-thread.ts', import.meta.url)
const key = randomBytes(32)
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-books-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = async (): Promise<Books> => ensureOk(await openBooks({ folder, key, threadEntry }), 'opening the books')
function* records(from: number, to: number): Generator<JournalRecord> {
  for (let sequence = from; sequence <= to; sequence++) {
    yield { sequence, at: sequence, kind: sequence % 10 === 0 ? 'test.tenth' : 'test.happened', body: { sequence, text: 'x'.repeat(100) } }
  }
}

describe('the thread of the books', () => {
  it('is filled from the journal, answers, and is found as it was left', async () => {
    const books = await open()
    expect(books.rebuilt).toEqual({ reason: 'missing' })
    expect(await catchUp(books, records(1, 20_000), { anchor: { sequence: 20_000, mac: 'm' } })).toMatchObject({ ok: true })
    const page = ensureOk(await books.query(kindIs('test.tenth'), { limit: 3 }), 'asking')
    expect([page.rows.map(({ sequence }) => sequence), page.next]).toEqual([[20_000, 19_990, 19_980], 19_980])
    await books.close()
    const again = await open()
    expect([again.rebuilt, again.applied()]).toEqual([undefined, { sequence: 20_000, anchor: { sequence: 20_000, mac: 'm' } }])
    await again.close()
  })

  it('leaves the thread of whoever asks free while it writes', async () => {
    const books = await open()
    const writing = catchUp(books, records(1, 30_000))
    let turns = 0
    const timer = setInterval(() => (turns += 1), 5)
    await writing
    clearInterval(timer)
    expect(turns).toBeGreaterThan(5)
    await books.close()
  })

  it('does not start with a file from a later version, and its end is told once', async () => {
    await (await open()).close()
    const { openForWriting } = await import('../../../src-main/store/books/connection.ts')
    const connection = openForWriting(booksPath(folder), key)
    connection.pragma('user_version = 999')
    connection.close()
    expect(await openBooks({ folder, key, threadEntry })).toMatchObject({ ok: false, error: { kind: 'newer' } })
  })

  it('that breaks answers everything that waits, and says that it is gone', async () => {
    const broken = join(folder, 'broken-thread.mjs')
    writeFileSync(broken, `
      import { parentPort } from 'node:worker_threads'
      parentPort.postMessage({ say: 'opened', opening: { ok: true, value: { applied: { sequence: 0 }, rekeyed: false } } })
      parentPort.on('message', () => { throw new Error('a bug') })
    `)
    const books = ensureOk(await openBooks({ folder, key, threadEntry: new URL(`file://${broken}`) }), 'opening')
    const gone: string[] = []
    books.onGone(({ kind }) => gone.push(kind))
    const answers = await Promise.all([books.stats(), books.apply([...records(1, 2)])])
    expect(answers).toMatchObject([{ ok: false, error: { kind: 'failed' } }, { ok: false, error: { kind: 'failed' } }])
    expect(await books.stats()).toMatchObject({ ok: false, error: { kind: 'failed' } })
    expect(gone).toEqual(['failed'])
    await books.close()
  })

  it('cannot be opened when its program is not there', async () => {
    expect(await openBooks({ folder, key, threadEntry: new URL('file:///nowhere.mjs') })).toMatchObject({ ok: false, error: { kind: 'failed' } })
  })

  it('keeps its key off the disk', async () => {
    const books = await open()
    await books.apply([...records(1, 10)])
    await books.close()
    const file = readFileSync(booksPath(folder))
    expect(file.includes(key) || file.includes(key.toString('hex'))).toBe(false)
  })
})

describe('a process that is killed while the books are written', () => {
  it('leaves them whole, with every batch that was answered, and they go on from there', async () => {
    const program = join(import.meta.dirname, 'write-books-until-killed.ts')
    let answered = 0
    for (const afterMs of [5, 60, 140, 15, 90]) {
      const child = fork(program, [folder, key.toString('hex')], { execArgv: ['--disable-warning=ExperimentalWarning'] })
      const exit = new Promise((resolve) => child.once('exit', resolve))
      const enough = answered + 500
      await new Promise<void>((resolve) => {
        child.on('message', (applied: number) => {
          if (applied >= enough) setTimeout(resolve, afterMs)
          answered = Math.max(answered, applied)
        })
      })
      child.kill('SIGKILL')
      await exit
      const books = await open()
      expect(books.rebuilt).toBeUndefined()
      expect(books.applied().sequence).toBeGreaterThanOrEqual(answered)
      expect(books.applied().sequence % 50).toBe(0)
      expect(ensureOk(await books.stats(), 'asking').records).toBe(books.applied().sequence)
      expect((await books.verify()).ok).toBe(true)
      await books.close()
    }
    const reader = ensureOk(BooksReader.open(booksPath(folder), key), 'reading')
    const last = ensureOk(reader.read(({ events, applied }) => events.at(applied.read().sequence)), 'reading')
    expect(last?.body).toMatchObject({ sequence: last?.sequence })
    reader.dispose()
  }, 60_000)
})
