import { beforeEach, describe, expect, it } from 'vitest'
import { addressOfPanel, panelOfAddress } from '../../../../src-renderer/app/panel-window.ts'
import { callBack, followPanelWindows, isAway, parsePanelWord, standForPanel, useAwayPanels, type WindowMeans } from '../../../../src-renderer/stores/panel-windows.ts'

/** Windows of one browser: locks that are granted in the order in which they were asked for, and a channel that reaches all others. */
function openBrowser() {
  const queues = new Map<string, { readonly page: number; readonly grant: () => unknown; end: () => void; isHeld: boolean }[]>()
  const listeners: { readonly page: number; readonly hear: (event: { readonly data: unknown }) => void }[] = []
  const turn = (name: string): void => {
    const first = queues.get(name)?.[0]
    if (first === undefined || first.isHeld) return
    first.isHeld = true
    void Promise.resolve(first.grant()).then(() => leave(name, first))
  }
  const leave = (name: string, gone: { end: () => void }): void => {
    const queue = queues.get(name) ?? []
    queues.set(name, queue.filter((each) => each !== gone))
    gone.end()
    turn(name)
  }
  const openPage = (page: number): WindowMeans => ({
    locks: {
      request: (name: string, grant: () => unknown) => new Promise<void>((end) => {
        queues.set(name, [...(queues.get(name) ?? []), { page, grant, end, isHeld: false }])
        queueMicrotask(() => turn(name))
      }),
      query: async () => ({ held: [...queues].flatMap(([name, [first]]) => (first?.isHeld === true ? [{ name }] : [])) }),
    } as never,
    channel: {
      postMessage: (data: unknown) => listeners.forEach(({ page: other, hear }) => (other === page ? undefined : hear({ data }))),
      addEventListener: (_kind: string, hear: never) => void listeners.push({ page, hear }),
      removeEventListener: () => undefined,
    },
  })
  const closePage = (page: number): void => {
    for (const [name, queue] of queues) for (const each of queue) if (each.page === page) leave(name, each)
  }
  return { openPage, closePage }
}

const settled = (): Promise<void> => new Promise((resolve) => void setTimeout(resolve, 5))
const known = ['ladder', 'tape']

describe('a panel in a window of its own', () => {
  beforeEach(() => useAwayPanels.setState({ panels: new Set() }))

  it('is away from when its window says so until that window is gone, however it went', async () => {
    const { openPage, closePage } = openBrowser()
    await followPanelWindows(openPage(1), known)
    expect(isAway('ladder')).toBe(false)
    standForPanel(openPage(2), 'ladder', () => undefined)
    await settled()
    expect(isAway('ladder')).toBe(true)
    expect(isAway('tape')).toBe(false)
    closePage(2)
    await settled()
    expect(isAway('ladder')).toBe(false)
  })

  it('is known to be away by a desk that is opened later, and by each of several desks', async () => {
    const { openPage, closePage } = openBrowser()
    standForPanel(openPage(2), 'tape', () => undefined)
    await settled()
    await followPanelWindows(openPage(1), known)
    await followPanelWindows(openPage(3), known)
    expect(isAway('tape')).toBe(true)
    closePage(2)
    await settled()
    expect(isAway('tape')).toBe(false)
  })

  it('is away again after its window was loaded anew', async () => {
    const { openPage, closePage } = openBrowser()
    await followPanelWindows(openPage(1), known)
    standForPanel(openPage(2), 'ladder', () => undefined)
    await settled()
    closePage(2)
    standForPanel(openPage(4), 'ladder', () => undefined)
    await settled()
    expect(isAway('ladder')).toBe(true)
  })

  it('ends when it is called back, and no other does', async () => {
    const { openPage } = openBrowser()
    const desk = openPage(1)
    const ended: string[] = []
    for (const [page, panel] of known.entries()) standForPanel(openPage(page + 2), panel, () => ended.push(panel))
    callBack(desk, 'tape')
    await settled()
    expect(ended).toEqual(['tape'])
  })

  it('takes nobody at his word who says something else', async () => {
    const { openPage } = openBrowser()
    await followPanelWindows(openPage(1), known)
    const stranger = openPage(2)
    for (const data of [undefined, null, 'here', { kind: 'here' }, { kind: 'gone', panel: 'ladder' }, { kind: 'here', panel: 7 }]) {
      expect(parsePanelWord(data)).toBeUndefined()
      stranger.channel.postMessage(data)
    }
    stranger.channel.postMessage({ kind: 'here', panel: 'no-such-panel' })
    await settled()
    expect([...useAwayPanels.getState().panels]).toEqual([])
  })
})

describe('the address of a panel window', () => {
  it('names its panel', () => {
    expect(panelOfAddress({ hash: addressOfPanel('chart-2').slice(1) })).toBe('chart-2')
  })

  it.each(['', '#', '#panel=', '#panel=nothing', '#panel=__proto__', '#t=admin.secret', '#panel=ladder%00'])('is a desk’s for “%s”', (hash) => {
    expect(panelOfAddress({ hash })).toBeUndefined()
  })
})
