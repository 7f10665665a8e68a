import { anchorsOf, moved, withAnchor, type Anchor, type Drawing, type DrawingKind } from './drawing.ts'
import { reachPx, type Hit, type Point } from './drawing-shape.ts'

/** What the hand works on. */
export interface HandParts {
  readonly host: HTMLElement
  /** Undefined where nothing can be drawn: on the scales, in other panes, without bars. */
  anchorAt(point: Point): Anchor | undefined
  hitAt(point: Point, reach: number): { readonly drawing: Drawing; readonly hit: Hit } | undefined
  readonly newId: () => string
  /** What is being drawn or moved, or nothing any more. */
  onDraft(draft: Drawing | undefined): void
  onDrawn(drawing: Drawing): void
  onChanged(drawing: Drawing): void
  onSelect(id: string | undefined): void
}

type Work =
  | { readonly kind: 'drawing'; readonly drawing: Drawing; readonly from: Point; readonly hasFirst: boolean }
  | { readonly kind: 'moving'; readonly original: Drawing; readonly hit: Hit; readonly grasp: Anchor; readonly drawing: Drawing }

/** A press that moved less was a click. */
const clickPx = 4

/**
 * Pointer to drawings: with a tool a new one is drawn, by dragging or by two clicks; without one what lies under the pointer
 * is taken. Whatever it does not want goes on to the chart, which scrolls.
 */
export class DrawingHand {
  readonly #parts: HandParts
  #tool: DrawingKind | undefined
  #work: Work | undefined
  /** The press that is going on belongs to a drawing. */
  #isTaken = false
  readonly #endings: (() => void)[] = []

  constructor(parts: HandParts) {
    this.#parts = parts
    const { host } = parts
    const on = <Name extends keyof HTMLElementEventMap>(name: Name, take: (event: HTMLElementEventMap[Name]) => void): void => {
      host.addEventListener(name, take, { capture: true })
      this.#endings.push(() => host.removeEventListener(name, take, { capture: true }))
    }
    on('pointerdown', (event) => this.#press(event))
    on('pointermove', (event) => this.#move(event))
    on('pointerup', (event) => this.#release(event))
    on('pointercancel', () => this.cancel())
    // The chart listens to these: they must not reach it while a drawing is worked on.
    on('mousedown', (event) => this.#keepFromChart(event))
    on('touchstart', (event) => this.#keepFromChart(event))
  }

  get tool(): DrawingKind | undefined {
    return this.#tool
  }

  get isBusy(): boolean {
    return this.#work !== undefined
  }

  choose(tool: DrawingKind | undefined): void {
    this.cancel()
    this.#tool = tool
  }

  /** Leaves everything as it was. */
  cancel(): void {
    if (this.#work === undefined) return
    this.#work = undefined
    this.#parts.onDraft(undefined)
  }

  dispose(): void {
    for (const end of this.#endings) end()
  }

  #keepFromChart(event: Event): void {
    if (!this.#isTaken) return
    event.stopPropagation()
    // The keyboard goes where the press sends it, not where the browser would.
    event.preventDefault()
  }

  #pointOf(event: PointerEvent): Point {
    const { left, top } = this.#parts.host.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }

  #press(event: PointerEvent): void {
    this.#isTaken = false
    if (event.button !== 0) return
    const point = this.#pointOf(event)
    const anchor = this.#parts.anchorAt(point)
    if (anchor === undefined) return
    if (this.#work?.kind === 'drawing' || this.#tool !== undefined) this.#take()
    if (this.#work?.kind === 'drawing') return this.#finish(anchor)
    if (this.#tool !== undefined) return this.#begin(this.#tool, anchor, point)
    const found = this.#parts.hitAt(point, event.pointerType === 'touch' ? reachPx.touch : reachPx.mouse)
    this.#parts.onSelect(found?.drawing.id)
    if (found === undefined) return
    this.#take()
    this.#parts.host.setPointerCapture(event.pointerId)
    this.#work = { kind: 'moving', original: found.drawing, hit: found.hit, grasp: anchor, drawing: found.drawing }
  }

  #take(): void {
    this.#isTaken = true
    this.#parts.host.focus({ preventScroll: true })
  }

  #begin(kind: DrawingKind, anchor: Anchor, from: Point): void {
    const anchors = anchorsOf[kind] === 1 ? [anchor] : [anchor, anchor]
    const drawing: Drawing = { id: this.#parts.newId(), kind, anchors, words: '' }
    if (anchorsOf[kind] === 1) return this.#parts.onDrawn(drawing)
    this.#work = { kind: 'drawing', drawing, from, hasFirst: false }
    this.#parts.onDraft(drawing)
  }

  #move(event: PointerEvent): void {
    const work = this.#work
    if (work === undefined) return
    const anchor = this.#parts.anchorAt(this.#pointOf(event))
    if (anchor === undefined) return
    const drawing = work.kind === 'drawing' ? withAnchor(work.drawing, 1, anchor) : movedBy(work.original, work.hit, work.grasp, anchor)
    this.#work = { ...work, drawing }
    this.#parts.onDraft(drawing)
  }

  #release(event: PointerEvent): void {
    const work = this.#work
    if (work === undefined) return
    if (work.kind === 'moving') {
      this.#work = undefined
      this.#parts.onDraft(undefined)
      if (work.drawing !== work.original) this.#parts.onChanged(work.drawing)
      return
    }
    const point = this.#pointOf(event)
    const isClick = Math.hypot(point.x - work.from.x, point.y - work.from.y) < clickPx
    if (isClick && !work.hasFirst) this.#work = { ...work, hasFirst: true }
    else if (!isClick) this.#finish(work.drawing.anchors[1])
  }

  #finish(anchor: Anchor | undefined): void {
    const work = this.#work
    if (work?.kind !== 'drawing' || anchor === undefined) return
    this.#work = undefined
    this.#parts.onDraft(undefined)
    this.#parts.onDrawn(withAnchor(work.drawing, 1, anchor))
  }
}

/** As it is when what was grasped there is let go here. */
function movedBy(original: Drawing, hit: Hit, grasp: Anchor, here: Anchor): Drawing {
  if (hit !== 'whole') return withAnchor(original, hit.anchor, here)
  const drawn = moved(original, here.time - grasp.time, here.ticks - grasp.ticks)
  return drawn.anchors.every((anchor, nth) => anchor.ticks === original.anchors[nth]?.ticks && anchor.time === original.anchors[nth]?.time)
    ? original
    : drawn
}
