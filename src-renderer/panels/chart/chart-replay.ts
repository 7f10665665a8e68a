import type { BarWindow } from '../../charts/bar-window.ts'
import { Replay, type ReplaySpeed } from '../../charts/replay.ts'
import type { CandleFeed } from '../../stores/candles.ts'
import type { ChartStore } from './chart-facts.ts'

interface ChartReplayParts {
  readonly feed: CandleFeed
  readonly facts: ChartStore
  readonly onWindow: (window: BarWindow) => void
  readonly onBars: (window: BarWindow, from: number) => void
}

/** A tab that slept for a while must not show in one frame all that went by meanwhile. */
const frameMaxMs = 100

/** The replay of one chart: at most one, driven by the browser's frames. */
export class ChartReplay {
  readonly #parts: ChartReplayParts
  #replay: Replay | undefined
  #frame = 0
  #speed: ReplaySpeed = 5

  constructor(parts: ChartReplayParts) {
    this.#parts = parts
  }

  get isOn(): boolean {
    return this.#replay !== undefined
  }

  async begin(time: number): Promise<void> {
    this.#replay?.dispose()
    const { feed, facts, onWindow, onBars } = this.#parts
    const replay = new Replay({ pages: feed.pages, onWindow, onBars, onState: () => this.#tell() })
    this.#replay = replay
    replay.setSpeed(this.#speed)
    this.#tell()
    await replay.begin(time)
    if (facts.getState().replay === undefined) replay.dispose()
  }

  toggle(): void {
    if (this.#replay?.state === 'playing') return this.pause()
    this.#replay?.play()
    this.#run()
  }

  pause(): void {
    this.#replay?.pause()
  }

  step(): void {
    this.#replay?.step()
  }

  setSpeed(speed: ReplaySpeed): void {
    this.#speed = speed
    this.#replay?.setSpeed(speed)
    this.#tell()
  }

  end(): void {
    this.dispose()
    this.#parts.facts.setState({ replay: undefined })
  }

  dispose(): void {
    cancelAnimationFrame(this.#frame)
    this.#replay?.dispose()
    this.#replay = undefined
  }

  #tell(): void {
    const state = this.#replay?.state
    if (state !== undefined) this.#parts.facts.setState({ replay: { state, speed: this.#speed } })
  }

  #run(): void {
    cancelAnimationFrame(this.#frame)
    let before = performance.now()
    const next = (): void => {
      if (this.#replay?.state !== 'playing') return
      const now = performance.now()
      this.#replay.advance(Math.min(now - before, frameMaxMs))
      before = now
      this.#frame = requestAnimationFrame(next)
    }
    this.#frame = requestAnimationFrame(next)
  }
}
