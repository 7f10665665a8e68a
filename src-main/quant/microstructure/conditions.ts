import { refuse, type Refusal } from '../entry-form/index.ts'

/** Nothing, or the first of the named numbers that is not above 0 and finite. */
export function refuseNotPositive(named: Readonly<Record<string, number>>): Refusal | undefined {
  for (const [name, value] of Object.entries(named)) {
    if (!(value > 0 && value < Infinity)) return refuse(
      'bad-parameter', `${name} is expected to be above 0 and finite, but it was ${value}.`,
    )
  }
  return undefined
}

export function refuseNegative(named: Readonly<Record<string, number>>): Refusal | undefined {
  for (const [name, value] of Object.entries(named)) {
    if (!(value >= 0 && value < Infinity)) return refuse(
      'bad-parameter', `${name} is expected to be at least 0 and finite, but it was ${value}.`,
    )
  }
  return undefined
}

export function refuseNotFinite(named: Readonly<Record<string, number>>): Refusal | undefined {
  for (const [name, value] of Object.entries(named)) {
    if (!Number.isFinite(value)) return refuse('bad-parameter', `${name} is expected to be a finite number, but it was ${value}.`)
  }
  return undefined
}
