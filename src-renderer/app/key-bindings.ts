import { useSurface } from '../stores/surface.ts'
import type { Command } from '../ui/screen-context.tsx'

interface Chord {
  readonly key: string
  readonly ctrl: boolean
  readonly shift: boolean
  readonly alt: boolean
}

/** `Ctrl Shift H` as it is shown is also how it is listened to. */
export function parseChord(keys: string): Chord {
  const parts = keys.split(' ')
  return { key: (parts.at(-1) ?? '').toLowerCase(), ctrl: parts.includes('Ctrl'), shift: parts.includes('Shift'), alt: parts.includes('Alt') }
}

type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>

/** On a Mac the command key does what Ctrl does elsewhere. */
export function fitsChord(event: Pressed, chord: Chord): boolean {
  if (event.altKey !== chord.alt || (event.ctrlKey || event.metaKey) !== chord.ctrl || event.shiftKey !== chord.shift) return false
  // Alt makes another sign of a digit on some keyboards, and on others a digit needs Shift: there only its place tells.
  if (chord.alt && event.code === `Digit${chord.key}`) return true
  return event.key.toLowerCase() === chord.key || (isOtherScript(event.key) && event.code === `Key${chord.key.toUpperCase()}`)
}

/** A letter that no chord names: on such a keyboard a key is told by its place. */
const isOtherScript = (key: string): boolean => key.length === 1 && key > '\u007f'

/** These act whatever is open and wherever the keyboard is. */
const alwaysActive: readonly string[] = ['halt', 'palette']

export function listenToKeys(page: Window, commands: readonly Command[]): void {
  const bound = commands.flatMap((command) => (command.keys === undefined ? [] : [{ command, chord: parseChord(command.keys) }]))
  // While capturing: nothing on the page may swallow the halt.
  page.addEventListener('keydown', (event) => {
    // Two may share a key where only one of them is ever offered: A on an alert, and A elsewhere.
    const hit = bound.find(({ chord, command }) => fitsChord(event, chord) && isListening(command))
    if (hit === undefined || event.repeat) return
    const { command, chord } = hit
    if (!alwaysActive.includes(command.id) && !isFree(event, chord)) return
    event.preventDefault()
    event.stopPropagation()
    command.run()
  }, { capture: true })
}

const isListening = (command: Command): boolean => command.id === 'palette' || command.isOffered?.() !== false

/** Plain letters belong to whatever is being typed into, and a dialog has the keyboard for itself. */
function isFree(event: KeyboardEvent, chord: Chord): boolean {
  if (useSurface.getState().dialog !== undefined) return false
  const isTyping = event.target instanceof Element && event.target.closest('input, textarea, [contenteditable="true"]') !== null
  return chord.ctrl || chord.alt || !isTyping
}
