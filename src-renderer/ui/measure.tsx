import type { ReactNode } from 'react'
import './measure.css'

interface MeasureProps {
  readonly caption: string
  readonly figure: ReactNode
  readonly unit: string
  readonly asides: readonly { readonly caption: string; readonly figure: string }[]
  readonly plot: ReactNode
  /** What else there is to know, as a list of facts. */
  readonly children: ReactNode
}

/** A panel about one measurement: the figure, how it went, and the facts around it. */
export function Measure({ caption, figure, unit, asides, plot, children }: MeasureProps): ReactNode {
  return (
    <div className="measure">
      <div className="measure-head">
        <div>
          <p className="cap">{caption}</p>
          <p className="t22">
            <span data-figure>{figure}</span> <span className="measure-unit">{unit}</span>
          </p>
        </div>
        <dl className="measure-asides">
          {asides.map((aside) => (
            <div key={aside.caption}>
              <dt className="cap">{aside.caption}</dt>
              <dd className="num" data-figure>{aside.figure}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="measure-plot">{plot}</div>
      <div className="measure-facts">{children}</div>
    </div>
  )
}
