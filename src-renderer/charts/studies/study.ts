import type { Bar } from '../bar.ts'

/**
 * A figure that is computed along the bars, one step for each. A step gives a new state and leaves the old one as it was,
 * so the bar that still forms can be reckoned again and again from the state before it.
 */
export interface Study<State> {
  readonly start: State
  step(state: State, bar: Bar): State
  /** A value for each of its lines; undefined until there are bars enough for a true one. */
  read(state: State): readonly (number | undefined)[]
}

/** A study on its way along a chart's bars. */
export interface StudyRun {
  /** All bars anew: the values of each. */
  restart(bars: readonly Bar[]): readonly (readonly (number | undefined)[])[]
  /** One more bar, or the last one anew. */
  take(bar: Bar): readonly (number | undefined)[]
}

export function runStudy<State>(study: Study<State>): StudyRun {
  let before = study.start
  let current = study.start
  let currentTime = -Infinity
  const take = (bar: Bar): readonly (number | undefined)[] => {
    if (bar.time > currentTime) before = current
    current = study.step(before, bar)
    currentTime = bar.time
    return study.read(current)
  }
  return {
    restart(bars) {
      before = study.start
      current = study.start
      currentTime = -Infinity
      return bars.map(take)
    },
    take,
  }
}
