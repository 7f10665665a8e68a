import { describe, expect, it } from 'vitest'
import type { Books } from '../../../../src-main/store/books/index.ts'
import { flipByte, records, useFolder, valueOf } from './books-folder.ts'
import { servedBooks } from './served-books.ts'

const { path, key } = useFolder()
const open = async (): Promise<Books> => valueOf(await servedBooks({ path: path('books.db'), key }))
const snapshot = (event: number, form = 1) => ({ event, record: event * 3, form, body: JSON.stringify({ lastSequence: event }) })

describe('the snapshots of the engine', () => {
  it('are none in new books', async () => {
    const books = await open()
    expect(valueOf(await books.newestSnapshot(1, 1_000_000))).toBeUndefined()
    await books.close()
  })

  it('outlive the process, and the newest is found', async () => {
    const books = await open()
    for (const event of [10, 20, 30]) valueOf(await books.keepSnapshot(snapshot(event)))
    await books.close()
    const again = await open()
    expect(valueOf(await again.newestSnapshot(1, 1_000))).toEqual(snapshot(30))
    await again.close()
  })

  it('that are ahead of the journal, or of another form, are passed over', async () => {
    const books = await open()
    await books.keepSnapshot(snapshot(10))
    await books.keepSnapshot(snapshot(20))
    expect(valueOf(await books.newestSnapshot(1, 59))).toEqual(snapshot(10))
    expect(valueOf(await books.newestSnapshot(1, 29))).toBeUndefined()
    expect(valueOf(await books.newestSnapshot(2, 1_000))).toBeUndefined()
    await books.close()
  })

  it('are two at most, and the same event again takes the place of the one before', async () => {
    const books = await open()
    for (const event of [10, 20, 30]) await books.keepSnapshot(snapshot(event))
    await books.keepSnapshot({ ...snapshot(30), body: '{"lastSequence":30,"mode":"halted"}' })
    expect(valueOf(await books.newestSnapshot(1, 1_000))?.body).toContain('halted')
    expect(valueOf(await books.newestSnapshot(1, 60))).toEqual(snapshot(20))
    expect(valueOf(await books.newestSnapshot(1, 59))).toBeUndefined()
    await books.close()
  })

  it('are gone when the books begin anew, which loses nothing that the journal does not have', async () => {
    const books = await open()
    await books.apply(records(1, 300))
    await books.keepSnapshot(snapshot(10))
    await books.close()
    flipByte(path('books.db'), 4_096 * 3 + 100)
    const again = await open()
    await again.verify()
    expect(valueOf(await again.newestSnapshot(1, 1_000))).toBeUndefined()
    await again.close()
  })
})
