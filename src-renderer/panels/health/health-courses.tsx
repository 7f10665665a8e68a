import { useCallback, type ReactNode } from 'react'
import type { Locale } from '../../../src-preload/contract/text/index.ts'
import { HistoryCanvas } from '../../charts/history-canvas.tsx'
import type { HistoryPlot } from '../../charts/history-plot.ts'
import { printFigure } from '../../format/figure.ts'
import { readingsKept, useEngineClock } from '../../stores/engine-clock.ts'
import { healthKept, useHealth } from '../../stores/health.ts'
import { limits } from '../../stores/limits.ts'
import { useLocale, useText } from '../../ui/use-text.ts'

/** From where on a record that waits for the disk is off target; the board of the engine has the same. */
const journalWaitingMs = 100
const bytesInMegabyte = 1_000_000

interface Course {
  readonly name: 'stall' | 'journal' | 'memory'
  readonly seconds: number
  readonly subscribe: (changed: () => void) => () => void
  readonly read: (locale: Locale) => HistoryPlot
}

const milliseconds = (locale: Locale) => (value: number): string => `${printFigure(locale, value)} ms`

const courses: readonly Course[] = [
  {
    name: 'stall', seconds: readingsKept / 4, subscribe: useEngineClock.subscribe,
    read: (locale) => ({
      values: useEngineClock.getState().stallsMs, capacity: readingsKept, look: 'bars', threshold: limits.stallMs, scaleAtLeast: 10,
      printScale: milliseconds(locale),
    }),
  },
  {
    name: 'journal', seconds: healthKept, subscribe: useHealth.subscribe,
    read: (locale) => ({
      values: useHealth.getState().past.journalWaiting.map((seconds) => seconds * 1_000), capacity: healthKept, look: 'bars',
      threshold: journalWaitingMs, scaleAtLeast: 10, printScale: milliseconds(locale),
    }),
  },
  {
    name: 'memory', seconds: healthKept, subscribe: useHealth.subscribe,
    read: (locale) => ({
      values: useHealth.getState().past.memory.map((bytes) => bytes / bytesInMegabyte), capacity: healthKept, look: 'bars',
      // Memory has no line of its own: what is too much depends on the machine.
      threshold: Infinity, scaleAtLeast: 100,
      printScale: (value) => `${printFigure(locale, value)} ${locale === 'fr' ? 'Mo' : 'MB'}`,
    }),
  },
]

/** How the last minutes went: still bars are a calm engine. */
export function HealthCourses(): ReactNode {
  return <div className="courses">{courses.map((course) => <CoursePlot key={course.name} course={course} />)}</div>
}

function CoursePlot({ course }: { readonly course: Course }): ReactNode {
  const text = useText()
  const locale = useLocale()
  const read = useCallback(() => course.read(locale), [course, locale])
  const label = text(`screen.health.course.${course.name}`, { seconds: course.seconds })
  return (
    <figure className="course">
      <figcaption className="cap ellipsis">{label}</figcaption>
      <HistoryCanvas label={label} subscribe={course.subscribe} read={read} />
    </figure>
  )
}
