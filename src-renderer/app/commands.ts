import { locales, type MessageKey } from '../../src-preload/contract/text/index.ts'
import { useDesk, type DeskHandle, type LayoutHandle } from '../stores/desk.ts'
import { isCovered, useBooks } from '../stores/books.ts'
import { useEngine } from '../stores/engine-status.ts'
import type { HaltControl } from '../stores/halt.ts'
import { choosePreferences, palettes, themes, usePreferences, type Preferences } from '../stores/preferences.ts'
import { openDialog, showNotice } from '../stores/surface.ts'
import type { Command } from '../ui/screen-context.tsx'
import { textIn } from '../ui/use-text.ts'
import { copyDiagnostics } from './diagnostics.ts'
import { goToWorkspace } from './go-to-workspace.ts'
import { exportLayoutFile, importLayoutFile } from './layout-file.ts'
import { panels } from './panel-registry.ts'
import { callAllBack, hasPanelsAway, openDesk, openPanelWindow } from './panel-window.ts'
import { ticketCommands } from './ticket-commands.ts'
import { workspaces } from './workspaces.ts'

interface CommandParts {
  readonly page: Window
  readonly halt: HaltControl
  readonly lockNow: () => void
}

/** Everything that the screen can do, in the order in which the palette offers it before anything is typed. */
export function createCommands({ page, halt, lockNow }: CommandParts): readonly Command[] {
  const commands = [
    ...tradingCommands(halt), ...ticketCommands(), ...alertCommands(page), ...panelCommands(), ...movingCommands(page), ...layoutCommands(page), ...looksCommands(),
    ...lockCommands(lockNow), ...helpCommands(page),
  ]
  // Behind a lock only the way out is left.
  return commands.map((command) => (command.id === 'halt' ? command : onlyUncovered(command)))
}

const onlyUncovered = (command: Command): Command => ({
  ...command,
  isOffered: () => !isCovered() && (command.isOffered?.() ?? true),
  run() {
    if (!isCovered()) command.run()
  },
})

/** On the alert that has the keyboard; before the panel whose key is the same. */
function alertCommands({ document }: Window): readonly Command[] {
  const takeNote = (): HTMLButtonElement | undefined =>
    document.activeElement?.closest('[data-alert]')?.querySelector<HTMLButtonElement>('[data-acknowledge]:enabled') ?? undefined
  return [
    {
      id: 'alert.acknowledge', title: 'screen.command.acknowledge', group: 'screen.group.panels', keys: 'A',
      isOffered: () => takeNote() !== undefined, run: () => takeNote()?.click(),
    },
  ]
}

const canLock = (): boolean => useBooks.getState().status?.screen === 'open'

const lockCommands = (lockNow: () => void): readonly Command[] => [
  { id: 'lock', title: 'screen.command.lock', group: 'screen.group.ballast', keys: 'Ctrl Shift L', isOffered: canLock, run: lockNow },
]

/** From these the engine may be let go again. */
const isResumable = (): boolean => {
  const mode = useEngine.getState().status?.mode
  return mode === 'starting' || mode === 'halted' || mode === 'reducing'
}

function tradingCommands(halt: HaltControl): readonly Command[] {
  const group = 'screen.group.trading'
  return [
    { id: 'halt', title: 'screen.command.halt', group, keys: 'Ctrl Shift H', run: () => halt.press('hotkey') },
    { id: 'resume', title: 'screen.command.resume', group, keys: 'R', isOffered: isResumable, run: () => openDialog('resume') },
  ]
}

const desk = (): DeskHandle | undefined => useDesk.getState().handle

/** A spare one is offered where it lies; a window of one panel goes to no other. */
function canShow(id: string, isSpare: boolean): boolean {
  const handle = desk()
  if (handle?.onlyPanel !== undefined) return handle.onlyPanel === id
  return !isSpare || handle?.hasPanel(id) === true
}

/** On a phone there is one desk for all. */
const hasLayout = (): boolean => desk()?.layout !== undefined

function panelCommands(): readonly Command[] {
  const group = 'screen.group.panels'
  return [
    ...workspaces.map(({ id, keys, title }): Command => ({
      id: `workspace.${id}`, title: `${title}.go`, group, keys, isOffered: hasLayout, run: () => goToWorkspace(id),
    })),
    ...panels.map(({ id, keys, title, isSpare }): Command => ({
      id: `panel.${id}`, title: `${title}.go`, group, ...(keys === undefined ? {} : { keys }), run: () => desk()?.showPanel(id),
      isOffered: () => canShow(id, isSpare === true),
    })),
    { id: 'panel.next', title: 'screen.command.next-panel', group, keys: 'F6', run: () => desk()?.focusNeighbour(1) },
    {
      id: 'panel.previous', title: 'screen.command.previous-panel', group, keys: 'Shift F6',
      run: () => desk()?.focusNeighbour(-1),
    },
  ]
}

function addChart(layout: LayoutHandle): void {
  if (!layout.addChart()) showNotice(textIn(usePreferences.getState().language)('screen.chart.no-more'))
}

type LayoutCommand = Pick<Command, 'id' | 'title' | 'group' | 'keys'> & { readonly act: (layout: LayoutHandle) => void }

/** On a phone there is nothing to lay out, and none of these is offered. */
const layoutCommand = ({ act, ...command }: LayoutCommand): Command => ({
  ...command,
  isOffered: hasLayout,
  run() {
    const layout = desk()?.layout
    if (layout !== undefined) act(layout)
  },
})

function openWindowOf(page: Window, layout: LayoutHandle): void {
  const panel = layout.activePanel()
  if (panel !== undefined) void openPanelWindow(page, panel)
}

function movingCommands(page: Window): readonly Command[] {
  const group = 'screen.group.panels'
  const commands: readonly LayoutCommand[] = [
    { id: 'panel.maximize', title: 'screen.command.maximize', group, keys: 'M', act: (layout) => layout.toggleMaximized() },
    { id: 'panel.float', title: 'screen.command.float', group, keys: 'F', act: (layout) => layout.toggleFloating() },
    { id: 'panel.window', title: 'screen.command.window', group, keys: 'Shift F', act: (layout) => openWindowOf(page, layout) },
    { id: 'panel.left', title: 'screen.command.move-left', group, act: (layout) => layout.movePanel('left') },
    { id: 'panel.right', title: 'screen.command.move-right', group, act: (layout) => layout.movePanel('right') },
    { id: 'panel.top', title: 'screen.command.move-top', group, act: (layout) => layout.movePanel('top') },
    { id: 'panel.bottom', title: 'screen.command.move-bottom', group, act: (layout) => layout.movePanel('bottom') },
    { id: 'panel.close', title: 'screen.command.close-panel', group, act: (layout) => layout.closePanel() },
    { id: 'panel.add-chart', title: 'screen.command.add-chart', group, act: addChart },
  ]
  const all: Command = { id: 'panel.all-back', title: 'screen.command.all-back', group, isOffered: () => hasLayout() && hasPanelsAway(), run: () => callAllBack(page) }
  const back: Command = {
    id: 'panel.desk', title: 'screen.command.open-desk', group, isOffered: () => desk()?.onlyPanel !== undefined, run: () => void openDesk(page),
  }
  return [...commands.map(layoutCommand), all, back]
}

function layoutCommands(page: Window): readonly Command[] {
  const group = 'screen.group.layout'
  const commands: readonly LayoutCommand[] = [
    { id: 'layout.reset', title: 'screen.command.reset-layout', group, act: (layout) => layout.reset() },
    { id: 'layout.export', title: 'screen.command.export-layout', group, act: () => exportLayoutFile(page) },
    { id: 'layout.import', title: 'screen.command.import-layout', group, act: () => void importLayoutFile(page) },
  ]
  return commands.map(layoutCommand)
}

const isChosen = ({ theme, palette, language }: Partial<Preferences>): boolean => {
  const now = usePreferences.getState()
  return theme === now.theme || palette === now.palette || language === now.language
}

/** What is chosen already is not offered. */
const looksCommand = (id: string, title: MessageKey, choice: Partial<Preferences>): Command => ({
  id,
  title,
  group: 'screen.group.looks',
  isOffered: () => !isChosen(choice),
  run: () => choosePreferences(choice),
})

const looksCommands = (): readonly Command[] => [
  ...themes.map((theme) => looksCommand(`theme.${theme}`, `screen.command.theme.${theme}`, { theme })),
  ...palettes.map((palette) => looksCommand(`palette.${palette}`, `screen.command.palette.${palette}`, { palette })),
  ...locales.map((language) => looksCommand(`language.${language}`, `screen.command.language.${language}`, { language })),
]

function helpCommands(page: Window): readonly Command[] {
  const group = 'screen.group.ballast'
  return [
    // Bound to its key, but not offered within itself.
    {
      id: 'palette', title: 'screen.command.open-palette', group, keys: 'Ctrl K', isOffered: () => false,
      run: () => openDialog('palette'),
    },
    { id: 'guide', title: 'screen.command.guide', group, run: () => openDialog('guide') },
    { id: 'settings', title: 'screen.command.settings', group, keys: 'Ctrl ,', run: () => openDialog('settings') },
    { id: 'about', title: 'screen.command.about', group, run: () => openDialog('about') },
    { id: 'diagnostics', title: 'screen.command.diagnostics', group, run: () => void copyDiagnostics(page) },
  ]
}
