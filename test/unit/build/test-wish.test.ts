import { describe, expect, it } from 'vitest'
import { parseTestWish } from '../../../build/testing/test-wish.ts'

const namesOf = (...args: readonly string[]): readonly string[] | undefined => {
  const wish = parseTestWish(args)
  return wish.kind === 'run' ? wish.suites.map(({ name }) => name) : undefined
}

describe('what is asked of npm test', () => {
  it('is the whole tier where nothing is named, and else the named suites in their own order', () => {
    expect(namesOf()?.at(0)).toBe('types')
    expect(namesOf()).not.toContain('bench')
    expect(namesOf('--deep')).toContain('bench')
    expect(namesOf('shell', 'build')).toEqual(['build', 'shell'])
  })

  it('runs nothing for help, for a flag that is none, and for a suite that is none', () => {
    expect(parseTestWish(['--help', 'shell'])).toMatchObject({ kind: 'help', text: expect.stringContaining('--deep') as string })
    expect(parseTestWish(['--depp'])).toEqual({ kind: 'wrong', sentence: 'There is no flag --depp. There are: --deep, --help.' })
    expect(parseTestWish(['-x', '--deep'])).toMatchObject({ kind: 'wrong' })
    expect(parseTestWish(['shell', 'bench'])).toMatchObject({ kind: 'wrong', sentence: expect.stringMatching(/^There is no suite called bench\. There are: types, /) as string })
  })
})
