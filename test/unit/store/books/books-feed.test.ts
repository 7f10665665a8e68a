import { describe, expect, it } from 'vitest'
import type { JournalRecord } from '../../../../src-main/ports/index.ts'
import { createBooksFeed, type Books, type BooksFeed, type FeedState } from '../../../../src-main/store/books/index.ts'
import type { RecordSource } from '../../../../src-main/store/books/catch-up.ts'
import { record, records, useFolder, valueOf } from './books-folder.ts'
import { catchUp, servedBooks } from './served-books.ts'

const { path, key } = useFolder()

interface Desk {
  readonly books: Books
  readonly feed: BooksFeed
  /** What is on the disk of the journal. */
  readonly durable: JournalRecord[]
  readonly states: FeedState['is'][]
  readonly retry: () => void
  readonly close: () => Promise<void>
}

type Read = (records: readonly JournalRecord[]) => RecordSource

async function desk(durable: JournalRecord[] = [], read: Read = (all) => all, opened: Books[] = []): Promise<Desk> {
  const books = valueOf(await servedBooks({ path: path('books.db'), key }))
  opened.push(books)
  const states: FeedState['is'][] = []
  let again: (() => void) | undefined
  const feed = createBooksFeed({
    books,
    catchUp: (after, options) => catchUp(books, read(durable.filter((each) => each.sequence > after)), options),
    later: (work) => {
      again = work
      return () => (again = undefined)
    },
  })
  feed.onState(({ is }) => states.at(-1) !== is && states.push(is))
  const close = async (): Promise<void> => {
    feed.dispose()
    await feed.settled()
    await books.close()
  }
  return { books, feed, durable, states, retry: () => again?.(), close }
}

const give = ({ feed, durable }: Desk, more: readonly JournalRecord[]): void => {
  durable.push(...more)
  feed.offer(more)
}

describe('the feed of the books', () => {
  it('brings the books level at the start, and keeps them so', async () => {
    const at = await desk([...records(1, 2_500)])
    at.feed.offer([], { sequence: 2_500, mac: 'm' })
    await at.feed.settled()
    expect([at.feed.state, at.books.applied()]).toEqual([{ is: 'level' }, { sequence: 2_500, anchor: { sequence: 2_500, mac: 'm' } }])
    give(at, records(2_501, 2_503))
    give(at, records(2_504, 2_510))
    await at.books.stats()
    expect(at.books.applied().sequence).toBe(2_510)
    await at.close()
  })

  it('reads from the journal what became durable while the books were catching up', async () => {
    const at = await desk([...records(1, 1_500)])
    give(at, records(1_501, 1_600))
    give(at, records(1_601, 1_700))
    await at.feed.settled()
    expect(at.books.applied().sequence).toBe(1_700)
    expect(at.states).toEqual(['catching-up', 'level'])
    await at.close()
  })

  it('catches up by itself when a batch was refused', async () => {
    const at = await desk()
    await at.feed.settled()
    at.durable.push(...records(1, 50))
    at.feed.offer([record(50)])
    await at.books.stats()
    await at.feed.settled()
    expect([at.books.applied().sequence, at.feed.state.is]).toEqual([50, 'level'])
    await at.close()
  })

  it('gives everything again when the books had to begin anew', async () => {
    const at = await desk([...records(1, 3_000)])
    at.feed.offer([record(3_000)])
    await at.feed.settled()
    await at.books.startOver()
    await at.feed.settled()
    expect([at.books.applied().sequence, at.feed.state.is]).toEqual([3_000, 'level'])
    await at.close()
  })

  it('gives everything again at once when they begin anew while they are catching up', async () => {
    const books: Books[] = []
    let reads = 0
    const at = await desk([...records(1, 3_000)], async function* (all) {
      reads += 1
      yield* all.slice(0, 2_000)
      if (reads === 1) await books[0]?.startOver()
      yield* all.slice(2_000)
    }, books)
    at.feed.offer([record(3_000)])
    await at.feed.settled()
    expect([at.books.applied().sequence, at.feed.state.is, reads]).toEqual([3_000, 'level', 2])
    await at.close()
  })

  it('says that the books are behind while the journal cannot be read, and tries again later', async () => {
    let isBroken = true
    const at = await desk([...records(1, 30)], function* (all) {
      yield* all.slice(0, 10)
      if (isBroken) throw new Error('not readable')
      yield* all.slice(10)
    })
    at.feed.offer([record(30)])
    await at.feed.settled()
    expect(at.feed.state).toMatchObject({ is: 'behind', trouble: { kind: 'failed' } })
    expect(at.books.applied().sequence).toBe(10)
    isBroken = false
    at.retry()
    await at.feed.settled()
    expect([at.books.applied().sequence, at.feed.state.is]).toEqual([30, 'level'])
    await at.close()
  })

  it('says that the books are behind when the journal gives less than it told', async () => {
    const at = await desk([...records(1, 5)])
    at.feed.offer([record(9)])
    await at.feed.settled()
    expect(at.feed.state).toMatchObject({ is: 'behind', trouble: { kind: 'gap' } })
    await at.close()
  })

  const others = (from: number, to: number): readonly JournalRecord[] => records(from, to).map((each) => ({ ...each, at: each.at + 1 }))

  it('says that the books are of another journal, and never that they are level, until they begin anew', async () => {
    const at = await desk([...records(1, 5)])
    await at.feed.settled()
    at.durable.splice(3, 2)
    for (const each of others(4, 7)) {
      give(at, [each])
      await at.books.stats()
      await at.feed.settled()
    }
    expect([at.feed.state, at.books.applied().sequence]).toEqual([{ is: 'diverged' }, 5])
    at.retry()
    await at.feed.settled()
    expect(at.feed.state).toEqual({ is: 'diverged' })
    await at.books.startOver()
    await at.feed.settled()
    expect([at.feed.state, at.books.applied().sequence]).toEqual([{ is: 'level' }, 7])
    await at.close()
  })

  it('sees at the start that the journal is another one, though it reaches further', async () => {
    const before = await desk([...records(1, 5)])
    await before.feed.settled()
    await before.close()
    const at = await desk([...records(1, 3), ...others(4, 9)])
    await at.feed.settled()
    expect([at.feed.state, at.books.applied().sequence]).toEqual([{ is: 'diverged' }, 5])
    await at.close()
  })

  it('keeps an anchor that is ahead until its records are applied, also when newer ones keep coming', async () => {
    const at = await desk()
    await at.feed.settled()
    const mac = 'm'
    for (let from = 1; from <= 9; from += 3) {
      const batch = records(from, from + 2)
      at.durable.push(...batch)
      at.feed.offer(batch, { sequence: from + 4, mac })
    }
    await at.books.stats()
    expect(at.books.applied()).toEqual({ sequence: 9, anchor: { sequence: 8, mac } })
    give(at, records(10, 13))
    await at.books.stats()
    expect(at.books.applied()).toEqual({ sequence: 13, anchor: { sequence: 11, mac } })
    await at.close()
  })

  it('tries less and less often while the journal is damaged, and is back at once when it gets on', async () => {
    let reads = 0
    let isBroken = true
    const at = await desk([...records(1, 30)], function* (all) {
      reads += 1
      if (isBroken) throw new Error('damaged')
      yield* all
    })
    at.feed.offer([record(30)])
    await at.feed.settled()
    const readsAfter: number[] = []
    for (let turn = 1; turn <= 40; turn++) {
      at.retry()
      await at.feed.settled()
      readsAfter.push(reads)
    }
    // Tried again after 1, 2, 4, 8 and then each 12 turns.
    expect([1, 2, 3, 6, 7, 14, 15, 26, 27, 38, 39].map((turn) => readsAfter[turn - 1])).toEqual([2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7])
    isBroken = false
    for (let turn = 1; turn <= 12; turn++) at.retry()
    await at.feed.settled()
    expect(at.feed.state.is).toBe('level')
    await at.close()
  })

  it('does nothing any more once it is disposed of', async () => {
    const at = await desk([...records(1, 5)])
    await at.feed.settled()
    at.feed.dispose()
    give(at, records(6, 9))
    at.retry()
    await at.books.startOver()
    await at.feed.settled()
    expect(at.books.applied().sequence).toBe(0)
    await at.close()
  })
})
