import type { IPrimitivePaneView, ISeriesPrimitive, Time } from 'lightweight-charts'
import type { ChartColours } from '../chart-colours.ts'
import type { Drawing } from './drawing.ts'
import { hitShape, type Hit, type Point } from './drawing-shape.ts'
import { paintDrawing, wordsWidth, type DrawingSurroundings } from './drawing-painter.ts'

export interface LayerParts {
  /** Undefined while the chart has no place for it. */
  pointOf(anchor: Drawing['anchors'][number]): Point | undefined
  yOfTicks(ticks: number): number
  printTicks(ticks: number): string
  measureText(drawing: Drawing): string
}

/** All drawings of a chart as one primitive of the library: they move with the bars in the same frame. */
export class DrawingLayer implements ISeriesPrimitive<Time> {
  readonly #parts: LayerParts
  #colours: ChartColours
  #drawings: readonly Drawing[] = []
  #draft: Drawing | undefined
  #selected: string | undefined
  #requestUpdate: (() => void) | undefined
  /** Of the last painting: measuring words needs one. */
  #context: CanvasRenderingContext2D | undefined
  readonly #views: readonly IPrimitivePaneView[]

  constructor(parts: LayerParts, colours: ChartColours) {
    this.#parts = parts
    this.#colours = colours
    this.#views = [{ zOrder: () => 'top', renderer: () => ({ draw: (target) => this.#draw(target) }) }]
  }

  attached({ requestUpdate }: { readonly requestUpdate: () => void }): void {
    this.#requestUpdate = requestUpdate
  }

  detached(): void {
    this.#requestUpdate = undefined
    this.#context = undefined
  }

  paneViews(): readonly IPrimitivePaneView[] {
    return this.#views
  }

  paint(colours: ChartColours): void {
    this.#colours = colours
    this.#requestUpdate?.()
  }

  /** The draft is what is being drawn or moved: it stands in for the drawing of the same id. */
  show(drawings: readonly Drawing[], draft: Drawing | undefined, selected: string | undefined): void {
    this.#drawings = drawings
    this.#draft = draft
    this.#selected = selected
    this.#requestUpdate?.()
  }

  /** The topmost drawing under the pointer. */
  hitAt(pointer: Point, reach: number): { readonly drawing: Drawing; readonly hit: Hit } | undefined {
    for (const drawing of this.#drawings.toReversed()) {
      const hit = hitShape(drawing.kind, this.#pointsOf(drawing), pointer, reach, this.#widthOf(drawing))
      if (hit !== undefined) return { drawing, hit }
    }
    return undefined
  }

  #shown(): readonly Drawing[] {
    const draft = this.#draft
    if (draft === undefined) return this.#drawings
    return [...this.#drawings.filter(({ id }) => id !== draft.id), draft]
  }

  #pointsOf(drawing: Drawing): readonly Point[] {
    return drawing.anchors.flatMap((anchor) => this.#parts.pointOf(anchor) ?? [])
  }

  #widthOf(drawing: Drawing): number {
    return this.#context === undefined || drawing.kind !== 'text' ? 0 : wordsWidth(this.#context, this.#colours, drawing.words)
  }

  #draw(target: Parameters<NonNullable<ReturnType<IPrimitivePaneView['renderer']>>['draw']>[0]): void {
    target.useMediaCoordinateSpace(({ context, mediaSize: { width } }) => {
      this.#context = context
      const around: DrawingSurroundings = {
        context, width, colours: this.#colours,
        yOfTicks: (ticks) => this.#parts.yOfTicks(ticks),
        printTicks: (ticks) => this.#parts.printTicks(ticks),
        measureText: (drawing) => this.#parts.measureText(drawing),
      }
      for (const drawing of this.#shown()) {
        const points = this.#pointsOf(drawing)
        if (points.length !== drawing.anchors.length) continue
        paintDrawing({ drawing, points, isSelected: drawing.id === this.#selected || drawing === this.#draft }, around)
      }
    })
  }
}
