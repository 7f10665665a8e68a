import type * as Electron from 'electron'
import { EventEmitter } from 'node:events'
import type { BrowserWindow } from './browser-window.ts'
import { hasOwnSubmenu, labelOfRole, type MenuRole, performRole } from './menu-roles.ts'
import { focusedWindow } from './window-registry.ts'

type ItemOptions = Omit<Electron.MenuItemConstructorOptions, 'submenu' | 'click'> & {
  readonly submenu?: readonly (ItemOptions | MenuItem)[] | Menu
  readonly click?: (item: MenuItem, window: BrowserWindow | null, event: object) => void
}

type CopiedItem = Pick<
  Electron.MenuItem,
  'id' | 'label' | 'sublabel' | 'toolTip' | 'type' | 'accelerator' | 'enabled' | 'visible' | 'checked' | 'commandId' | 'click'
>

let lastCommandId = 0

/** Electron's MenuItem; `click` is what a test calls, here as on the real one. */
export class MenuItem implements CopiedItem {
  readonly id: string
  readonly type: Electron.MenuItem['type']
  readonly role: MenuRole | undefined
  readonly accelerator: Electron.MenuItem['accelerator']
  readonly submenu: Menu | undefined
  readonly commandId = ++lastCommandId
  label: string
  sublabel: string
  toolTip: string
  enabled: boolean
  visible: boolean
  checked: boolean
  menu: Menu | undefined
  readonly #onClick: ItemOptions['click']

  constructor(options: ItemOptions) {
    this.role = options.role
    this.submenu = toMenu(options.submenu) ?? (hasOwnSubmenu(options.role) ? new Menu() : undefined)
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu')
    if (this.type === 'submenu' && this.submenu === undefined) throw new Error('Invalid submenu')
    this.id = options.id ?? ''
    this.label = options.label ?? labelOfRole(options.role)
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.accelerator = options.accelerator ?? null
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.#onClick = options.click
  }

  click(event: object = {}, window: BrowserWindow | null = focusedWindow()): void {
    if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked
    if (!performRole(this.role, window)) this.#onClick?.(this, window, event)
  }
}

let applicationMenu: Menu | null = null

/** Electron's Menu. It is never drawn; what it would show is in `items`. */
export class Menu extends EventEmitter implements Pick<Electron.Menu, 'closePopup'> {
  readonly items: MenuItem[] = []

  static buildFromTemplate(template: readonly (ItemOptions | MenuItem)[]): Menu {
    const menu = new Menu()
    for (const entry of template) menu.append(entry instanceof MenuItem ? entry : new MenuItem(entry))
    return menu
  }

  static setApplicationMenu(menu: Menu | null): void {
    applicationMenu = menu
  }

  static getApplicationMenu(): Menu | null {
    return applicationMenu
  }

  append(item: MenuItem): void {
    this.insert(this.items.length, item)
  }

  insert(position: number, item: MenuItem): void {
    item.menu = this
    this.items.splice(position, 0, item)
  }

  getMenuItemById(id: string): MenuItem | null {
    return allItems(this).find((item) => item.id === id) ?? null
  }

  popup(): void {
    this.emit('menu-will-show')
  }

  closePopup(): void {
    this.emit('menu-will-close')
  }
}

function toMenu(submenu: ItemOptions['submenu']): Menu | undefined {
  return submenu === undefined || submenu instanceof Menu ? submenu : Menu.buildFromTemplate(submenu)
}

function allItems(menu: Menu): readonly MenuItem[] {
  return menu.items.flatMap((item) => [item, ...(item.submenu === undefined ? [] : allItems(item.submenu))])
}

/** An item as a test sees it: plain data. */
export interface MenuOutline extends Pick<CopiedItem, 'id' | 'label' | 'type' | 'enabled' | 'visible' | 'checked'> {
  readonly submenu: readonly MenuOutline[]
}

export function outlineOf(menu: Menu | null): readonly MenuOutline[] {
  return (menu?.items ?? []).map(({ id, label, type, enabled, visible, checked, submenu }) => {
    return { id, label, type, enabled, visible, checked, submenu: outlineOf(submenu ?? null) }
  })
}

/** Clicks as a person would: what is hidden or disabled cannot be clicked. */
export function choose(menu: Menu | null, idOrLabel: string): void {
  const items = menu === null ? [] : allItems(menu)
  const found = items.find((item) => item.id === idOrLabel) ?? items.find((item) => item.label === idOrLabel)
  if (found === undefined) throw new Error(`no menu item '${idOrLabel}' among: ${items.map((item) => item.label).join(', ')}`)
  if (!found.enabled) throw new Error(`the menu item '${idOrLabel}' is disabled`)
  if (!found.visible) throw new Error(`the menu item '${idOrLabel}' is hidden`)
  found.click()
}
