import { describe, expect, it } from 'vitest'
import { hasDisplay, openerOf } from '../../../src-main/cli/open-browser.ts'

describe('opening a browser', () => {
  it('needs a display, which Windows and macOS always have', () => {
    expect(hasDisplay({}, 'linux')).toBe(false)
    expect(hasDisplay({ DISPLAY: ':0' }, 'linux')).toBe(true)
    expect(hasDisplay({ WAYLAND_DISPLAY: 'wayland-0' }, 'linux')).toBe(true)
    expect(hasDisplay({}, 'win32')).toBe(true)
    expect(hasDisplay({}, 'darwin')).toBe(true)
  })

  it('never hands the address to a shell', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) expect(openerOf(platform)[0]).not.toMatch(/cmd|sh$|powershell/)
  })
})
