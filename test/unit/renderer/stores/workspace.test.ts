import { beforeEach, describe, expect, it } from 'vitest'
import { firstRunKey, followFirstRun, endFirstRun, useFirstRun } from '../../../../src-renderer/stores/first-run.ts'
import type { KeptPlace } from '../../../../src-renderer/stores/kept-text.ts'
import { closeDialog, openDialog, openDialogFromHere, useSurface } from '../../../../src-renderer/stores/surface.ts'
import { followWorkspace, showWorkspace, useWorkspace, workspaceKey } from '../../../../src-renderer/stores/workspace.ts'

function placeWith(texts: Readonly<Record<string, string>> = {}): KeptPlace & { readonly texts: Map<string, string> } {
  const kept = new Map(Object.entries(texts))
  return {
    texts: kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => void kept.set(key, text),
    removeItem: (key) => void kept.delete(key),
  }
}

describe('the workspace that is shown', () => {
  beforeEach(() => showWorkspace('trade'))

  it('is the market where nothing was kept', () => {
    followWorkspace(placeWith())
    expect(useWorkspace.getState().shown).toBe('trade')
  })

  it('is the one of the last time, and is kept from then on', () => {
    const place = placeWith({ [workspaceKey]: '{"version":1,"shown":"risk"}' })
    followWorkspace(place)
    expect(useWorkspace.getState().shown).toBe('risk')
    showWorkspace('review')
    expect(place.texts.get(workspaceKey)).toBe('{"version":1,"shown":"review"}')
  })

  it.each(['{"version":1,"shown":"cellar"}', '{"version":2,"shown":"risk"}', '{"shown":', '7'])('is the market where %s was kept, which is put aside', (text) => {
    const place = placeWith({ [workspaceKey]: text })
    followWorkspace(place)
    expect(useWorkspace.getState().shown).toBe('trade')
    expect(place.texts.get(`${workspaceKey}.unreadable`)).toBe(text)
  })
})

describe('the first run', () => {
  it('is one where nothing was kept, and none after its guide was ended', () => {
    const place = placeWith()
    followFirstRun(place)
    expect(useFirstRun.getState().isDone).toBe(false)
    endFirstRun()
    followFirstRun(place)
    expect(useFirstRun.getState().isDone).toBe(true)
  })

  it('is one again where what was kept makes no sense', () => {
    const place = placeWith({ [firstRunKey]: '{"version":1,"isDone":"maybe"}' })
    followFirstRun(place)
    expect(useFirstRun.getState().isDone).toBe(false)
    expect(place.texts.get(`${firstRunKey}.unreadable`)).toBe('{"version":1,"isDone":"maybe"}')
  })
})

describe('a dialog that was opened from another', () => {
  it('leads back to it once, and another one leads nowhere', () => {
    openDialog('guide')
    openDialogFromHere('recovery-code')
    expect(useSurface.getState().dialog).toBe('recovery-code')
    closeDialog()
    expect(useSurface.getState().dialog).toBe('guide')
    closeDialog()
    expect(useSurface.getState().dialog).toBeUndefined()
    openDialog('guide')
    openDialog('palette')
    closeDialog()
    expect(useSurface.getState().dialog).toBeUndefined()
  })
})
