import { describe, expect, it } from 'vitest'
import { findCommands } from '../../../../src-renderer/app/find-commands.ts'
import { fitsChord, parseChord } from '../../../../src-renderer/app/key-bindings.ts'
import type { Command } from '../../../../src-renderer/ui/screen-context.tsx'
import { textIn } from '../../../../src-renderer/ui/use-text.ts'

type Modifier = 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'

const pressed = (key: string, modifiers: Partial<Record<Modifier, boolean>> = {}, code = '') => ({
  key, code, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...modifiers,
})

describe('a chord', () => {
  const halt = parseChord('Ctrl Shift H')

  it('is what is shown', () => {
    expect(halt).toEqual({ key: 'h', ctrl: true, shift: true, alt: false })
    expect(parseChord('F6')).toEqual({ key: 'f6', ctrl: false, shift: false, alt: false })
  })

  it('fits the keys that it names, and the command key of a Mac for Ctrl', () => {
    expect(fitsChord(pressed('H', { ctrlKey: true, shiftKey: true }), halt)).toBe(true)
    expect(fitsChord(pressed('h', { metaKey: true, shiftKey: true }), halt)).toBe(true)
  })

  it('fits by its place on a keyboard of another script', () => {
    expect(fitsChord(pressed('Р', { ctrlKey: true, shiftKey: true }, 'KeyH'), halt)).toBe(true)
  })

  it('does not fit by its place where the letter is another Latin one', () => {
    expect(fitsChord(pressed('D', { ctrlKey: true, shiftKey: true }, 'KeyH'), halt)).toBe(false)
  })

  it('of Alt and a digit fits by the digit’s place, whatever sign Alt makes of it', () => {
    const first = parseChord('Alt 1')
    expect(fitsChord(pressed('¡', { altKey: true }, 'Digit1'), first)).toBe(true)
    expect(fitsChord(pressed('&', { altKey: true }, 'Digit1'), first)).toBe(true)
    expect(fitsChord(pressed('1', {}, 'Digit1'), first)).toBe(false)
    expect(fitsChord(pressed('2', { altKey: true }, 'Digit2'), first)).toBe(false)
  })

  it.each([
    ['without Shift', pressed('h', { ctrlKey: true })],
    ['with Alt, which is AltGr on some keyboards', pressed('h', { ctrlKey: true, shiftKey: true, altKey: true })],
    ['with another letter', pressed('j', { ctrlKey: true, shiftKey: true })],
  ])('does not fit %s', (_what, event) => {
    expect(fitsChord(event, halt)).toBe(false)
  })
})

describe('finding commands', () => {
  const command = (title: Command['title'], isOffered = true): Command => ({
    id: title, title, group: 'screen.group.ballast', isOffered: () => isOffered, run: () => undefined,
  })
  const commands = [
    command('screen.command.settings'), command('screen.command.halt'), command('screen.command.resume', false),
    command('screen.command.reset-layout'),
  ]

  it('offers everything that can be done now, in its order, before anything is typed', () => {
    const titles = findCommands(commands, '', textIn('en')).map(({ title }) => title)
    expect(titles).toEqual(['Settings…', 'Halt now', 'Reset layout'])
  })

  it('offers the best first, in the language that is spoken', () => {
    expect(findCommands(commands, 'rl', textIn('en'))[0]?.title).toBe('Reset layout')
    expect(findCommands(commands, 'arreter', textIn('fr'))[0]?.title).toBe('Arrêter maintenant')
  })

  it('does not offer what cannot be done now, even by its name', () => {
    expect(findCommands(commands, 'resume', textIn('en'))).toEqual([])
  })
})
