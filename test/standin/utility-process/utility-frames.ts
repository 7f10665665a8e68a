import type { PortId } from '../page-worlds/wire-frames.ts'

type PortFrame = readonly ['port', port: PortId, data: unknown, ports: readonly PortId[]] | readonly ['port-closed', port: PortId]

/** Main process to utility process. Node clones the values on the way. */
export type FrameToUtility = readonly ['message', data: unknown, ports: readonly PortId[]] | PortFrame

export type FrameFromUtility = readonly ['message', data: unknown] | PortFrame
