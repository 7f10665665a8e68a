/** What was asked for on the command line; one sentence where it was not understood. */
export interface Asked {
  readonly seeds: number
  readonly firstSeed: number
  readonly actions: number
  readonly intents: number
  readonly json: boolean
  readonly shrink: boolean
  readonly trace: boolean
  readonly workers: number
  readonly stopAtFirst: boolean
  readonly mutants: boolean
  readonly mutant: string | undefined
  /** Of the planted bugs those with this in their name. */
  readonly only: string | undefined
  readonly naive: boolean
  readonly sweep: number | undefined
  readonly without: readonly string[]
}

const numbers = ['--seeds', '--first-seed', '--actions', '--intents', '--workers', '--sweep'] as const
const texts = ['--mutant', '--only', '--without'] as const
const flags = ['--json', '--shrink', '--trace', '--stop-at-first', '--mutants', '--naive'] as const

export function parseArguments(words: readonly string[]): Asked | string {
  const found = new Map<string, string>()
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    const next = words[index + 1]
    if (flags.some((flag) => flag === word)) found.set(word, 'yes')
    else if (texts.some((name) => name === word)) {
      if (next === undefined || next.startsWith('--')) return `${word} needs a value after it.`
      found.set(word, next)
      index += 1
    } else if (numbers.some((name) => name === word)) {
      if (next === undefined || !/^\d{1,9}$/.test(next)) return `${word} needs a whole number after it, not ${next ?? 'nothing'}.`
      found.set(word, next)
      index += 1
    } else return `${word} is not known here: there are ${[...numbers, ...texts, ...flags].join(', ')}.`
  }
  const number = (name: string, usual: number): number => Number(found.get(name) ?? usual)
  if (number('--seeds', 1) < 1) return '--seeds needs at least one seed.'
  if (number('--workers', 2) < 1 || number('--workers', 2) > 32) return '--workers needs a number from 1 to 32.'
  if (number('--actions', actionsMax) < 1 || number('--actions', actionsMax) > 100_000) return '--actions needs a number from 1 to 100000.'
  return {
    seeds: number('--seeds', 20), firstSeed: number('--first-seed', 0), actions: number('--actions', actionsMax), intents: number('--intents', intentsWanted), workers: number('--workers', 2),
    json: found.has('--json'), shrink: found.has('--shrink'), trace: found.has('--trace'), stopAtFirst: found.has('--stop-at-first'), mutants: found.has('--mutants'), naive: found.has('--naive'),
    mutant: found.get('--mutant'), only: found.get('--only'), sweep: found.has('--sweep') ? number('--sweep', 0) : undefined,
    without: (found.get('--without') ?? '').split(',').filter((name) => name !== ''),
  }
}

/** Each seed comes to so many intents; how many things the trader has to do for it differs. */
export const intentsWanted = 204
export const actionsMax = 1_500
