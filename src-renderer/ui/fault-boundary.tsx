import { Component, type ReactNode } from 'react'

interface FaultBoundaryProps {
  readonly children: ReactNode
  /** What stands in its place, told what went wrong. */
  readonly renderFallback: (reason: string) => ReactNode
}

interface FaultState {
  readonly reason: string | undefined
}

/** Keeps a fault where it happened. A class, because React catches a fault in nothing else. */
export class FaultBoundary extends Component<FaultBoundaryProps, FaultState> {
  override state: FaultState = { reason: undefined }

  static getDerivedStateFromError(error: unknown): FaultState {
    return { reason: error instanceof Error ? error.message : String(error) }
  }

  override render(): ReactNode {
    return this.state.reason === undefined ? this.props.children : this.props.renderFallback(this.state.reason)
  }
}
