import { describe, expect, it } from 'vitest'
import { guideSteps } from '../../../../src-renderer/app/guide-dialog.tsx'
import { chartIds, panelIds, panelOf, panels } from '../../../../src-renderer/app/panel-registry.ts'
import { workspaceOf, workspaces } from '../../../../src-renderer/app/workspaces.ts'
import { parseLayout, printLayout } from '../../../../src-renderer/stores/layout.ts'
import { workspaceIds } from '../../../../src-renderer/stores/workspace.ts'

describe('the workspaces', () => {
  it('are those that can be kept as the last one, each with a key of its own', () => {
    expect(workspaces.map(({ id }) => id)).toEqual(workspaceIds)
    expect(new Set(workspaces.map(({ keys }) => keys)).size).toBe(workspaces.length)
    for (const workspace of workspaces) expect(workspaceOf(workspace.id)).toBe(workspace)
  })

  it.each(workspaces.map((workspace) => [workspace.id, workspace] as const))('begin, as %s does, with a layout that would be taken from a file', (_id, { firstLayout }) => {
    expect(parseLayout(JSON.parse(printLayout(firstLayout)), panelIds)).toEqual({ ...firstLayout, floatingGroups: [] })
  })

  it('begin where the market is, with the chart in front and the ladder and the tape beside it', () => {
    const { firstLayout } = workspaceOf('trade')
    expect(firstLayout.activeGroup).toBe('chart')
    for (const id of ['watchlist', 'chart', 'ladder', 'tape', 'orders', 'positions', 'activity']) expect(firstLayout.panels).toHaveProperty(id)
  })

  it('have charts of their own in research, so that looking there leaves the trading chart alone', () => {
    const charts = Object.keys(workspaceOf('research').firstLayout.panels).filter((id) => chartIds.includes(id))
    expect(charts).toHaveLength(4)
    expect(charts).not.toContain('chart')
  })
})

describe('the panels', () => {
  it('are each called by one name, and share no key', () => {
    expect(new Set(panelIds).size).toBe(panels.length)
    const keys = panels.flatMap((panel) => (panel.keys === undefined ? [] : [panel.keys]))
    expect(new Set(keys).size).toBe(keys.length)
  })

  it('hold nine charts, of which all but the first are spare', () => {
    expect(chartIds).toHaveLength(9)
    expect(chartIds.filter((id) => panelOf(id)?.isSpare !== true)).toEqual(['chart'])
  })
})

describe('the guide', () => {
  it('has at most five steps, and asks for no way back into books that are not kept', () => {
    expect(guideSteps(true)).toEqual(['language', 'books', 'recovery', 'looks', 'halt'])
    expect(guideSteps(false)).toEqual(['language', 'books', 'looks', 'halt'])
  })
})
