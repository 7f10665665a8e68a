import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDockHandle } from '../../../../src-renderer/app/dock-handle.ts'
import { hideAwayGroups } from '../../../../src-renderer/app/hide-away.ts'
import { useAwayPanels } from '../../../../src-renderer/stores/panel-windows.ts'
import { useSurface } from '../../../../src-renderer/stores/surface.ts'

/** As much of dockview as holds one panel in each of its groups, and remembers, as it does, what was hidden when one became large. */
function openDesk(...ids: readonly string[]) {
  const done: string[] = []
  const listeners: (() => void)[] = []
  const onEach = (hear: () => void) => {
    listeners.push(hear)
    return { dispose: () => undefined }
  }
  let large: string | undefined
  const hidden = new Set<string>()
  const groups = ids.map((id) => {
    const panel = {
      id, group: undefined as unknown,
      api: { location: { type: 'grid' }, setActive: () => void (desk.activeGroup = group), moveTo: () => done.push(`move ${id}`) },
    }
    const group = {
      panels: [panel], activePanel: panel,
      api: {
        location: { type: 'grid' },
        get isVisible() { return large === undefined ? !hidden.has(id) : large === id },
        setVisible: (isShown: boolean) => void (isShown ? hidden.delete(id) : hidden.add(id)),
      },
    }
    panel.group = group
    return group
  })
  const desk = {
    groups, activeGroup: groups[0], totalPanels: ids.length,
    get activePanel() { return desk.activeGroup?.activePanel },
    getPanel: (id: string) => groups.find(({ activePanel }) => activePanel.id === id)?.activePanel,
    hasMaximizedGroup: () => large !== undefined,
    maximizeGroup({ id }: { readonly id: string }) {
      done.push(`maximize ${id}`)
      large = id
    },
    exitMaximizedGroup() {
      large = undefined
      for (const hear of listeners) hear()
    },
    addFloatingGroup: () => done.push('float'), addGroup: () => undefined,
    removePanel: ({ id }: { readonly id: string }) => done.push(`close ${id}`),
    onDidLayoutFromJSON: () => ({ dispose: () => undefined }), onDidMaximizedGroupChange: onEach, onDidLayoutChange: onEach,
  }
  const layout = createDockHandle(desk as never, {} as never).layout
  const shown = (): readonly string[] => groups.filter(({ api }) => api.isVisible).map(({ activePanel }) => activePanel.id)
  return { desk, layout, done, shown }
}

const away = (...panels: readonly string[]): void => useAwayPanels.setState({ panels: new Set(panels) })
// Nothing is painted here, so no panel is given the keyboard.
vi.stubGlobal('requestAnimationFrame', () => 0)

describe('a desk with panels in windows of their own', () => {
  beforeEach(() => {
    away()
    useSurface.setState({ notice: undefined })
  })

  it('shows again a panel whose window ended while another was as large as the desk', () => {
    const { desk, layout, shown } = openDesk('chart', 'tape')
    hideAwayGroups(desk as never)
    away('tape')
    expect(shown()).toEqual(['chart'])
    layout?.toggleMaximized()
    away()
    expect(shown()).toEqual(['chart'])
    layout?.toggleMaximized()
    expect(shown()).toEqual(['chart', 'tape'])
  })

  it('gives its commands to a panel that is seen, when the one that had them goes', () => {
    const { desk, layout, done } = openDesk('chart', 'tape')
    hideAwayGroups(desk as never)
    away('chart')
    layout?.closePanel()
    expect(done).toEqual(['close tape'])
  })

  it('lets no command act on a panel that is elsewhere, and says where that is', () => {
    const { layout, done } = openDesk('chart', 'tape')
    away('chart', 'tape')
    for (const act of [layout?.toggleMaximized, layout?.toggleFloating, layout?.closePanel, () => layout?.movePanel('left')]) {
      useSurface.setState({ notice: undefined })
      act?.()
      expect(useSurface.getState().notice).toBeDefined()
    }
    expect(done).toEqual([])
  })
})
