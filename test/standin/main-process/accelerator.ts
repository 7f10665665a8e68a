const modifiers: Readonly<Record<string, string>> = {
  command: 'meta',
  cmd: 'meta',
  meta: 'meta',
  super: 'meta',
  control: 'ctrl',
  ctrl: 'ctrl',
  commandorcontrol: process.platform === 'darwin' ? 'meta' : 'ctrl',
  cmdorctrl: process.platform === 'darwin' ? 'meta' : 'ctrl',
  alt: 'alt',
  option: 'alt',
  altgr: 'altgr',
  shift: 'shift',
}

const keys: Readonly<Record<string, string>> = { return: 'enter', escape: 'esc' }

/** One spelling for all the ways to write the same keys, or undefined for what is no accelerator. */
export function normalizeAccelerator(accelerator: string): string | undefined {
  // 'Ctrl++' is the plus key.
  const parts = accelerator.toLowerCase().replace(/\+\+$/, '+plus').split('+').map((part) => part.trim())
  const held = parts.flatMap((part) => modifiers[part] ?? []).toSorted()
  const pressed = parts.filter((part) => modifiers[part] === undefined)
  const [key] = pressed
  if (key === undefined || key === '' || pressed.length !== 1) return undefined
  return [...new Set(held), keys[key] ?? key].join('+')
}
