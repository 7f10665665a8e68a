import { describe, expect, it } from 'vitest'
import { didYouMean, editDistance } from '../../../src-main/base/did-you-mean.ts'

const names = ['run', 'serve', 'status', 'halt', 'resume', 'doctor', 'schema', 'help', 'version']

describe('did you mean', () => {
  it.each([
    ['stauts', 'status'],
    ['STATUS', 'status'],
    ['hlat', 'halt'],
    ['halts', 'halt'],
    ['docter', 'doctor'],
    ['ru', 'run'],
  ])('takes %s for %s', (given, meant) => {
    expect(didYouMean(given, names)).toBe(meant)
  })

  it.each(['nonsense', 'kill', '', 'x', 'statistics'])('does not guess at %j', (given) => {
    expect(didYouMean(given, names)).toBeUndefined()
  })

  it('counts a swap of neighbours as one slip', () => {
    expect(editDistance('hlat', 'halt')).toBe(1)
    expect(editDistance('kitten', 'sitting')).toBe(3)
    expect(editDistance('', 'abc')).toBe(3)
  })
})
