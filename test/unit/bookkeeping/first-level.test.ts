import { expect, it } from 'vitest'
import { watchFirstLevel } from '../../../src-main/bookkeeping/first-level.ts'
import type { BooksTrouble } from '../../../src-main/bookkeeping/books-trouble.ts'
import type { FeedState } from '../../../src-main/store/index.ts'

function feedOf() {
  const listeners = new Set<(state: FeedState) => void>()
  const anew: (() => void)[] = []
  const met: { damage?: BooksTrouble } = {}
  const feed = {
    state: { is: 'catching-up', applied: 0 } as FeedState,
    onState: (listener: (state: FeedState) => void) => (listeners.add(listener), () => listeners.delete(listener)),
  }
  const told: (BooksTrouble | undefined)[] = []
  const first = watchFirstLevel({ feed, onAnew: (listener) => anew.push(listener), damage: () => met.damage })
  void first.level.then((trouble) => told.push(trouble))
  const move = async (state: FeedState): Promise<void> => {
    feed.state = state
    for (const listener of listeners) listener(state)
    await Promise.resolve()
  }
  return { first, move, told, met, beginAnew: () => anew.forEach((listener) => listener()) }
}

const behind: FeedState = { is: 'behind', trouble: { kind: 'gap', detail: 'none' } }

it('a first try that failed for now is not taken for level, and the one that got there is told', async () => {
  const { first, move, told } = feedOf()
  await move(behind)
  expect([first.isLevel(), told]).toEqual([false, []])
  await move({ is: 'catching-up', applied: 5 })
  await move({ is: 'level' })
  expect([first.isLevel(), told]).toEqual([true, [undefined]])
})

it('a damage on the way is told as why it never will be level', async () => {
  const { first, move, told, met } = feedOf()
  const damage: BooksTrouble = { code: 'journal-damaged', details: {} }
  met.damage = damage
  await move(behind)
  expect([first.isLevel(), told]).toEqual([false, [damage]])
})

it('a read model that was level and fell behind has all but the newest, and one that begins anew has not', async () => {
  const { first, move, beginAnew } = feedOf()
  await move({ is: 'level' })
  await move(behind)
  expect(first.isLevel()).toBe(true)
  beginAnew()
  expect(first.isLevel()).toBe(false)
  await move({ is: 'level' })
  expect(first.isLevel()).toBe(true)
})
