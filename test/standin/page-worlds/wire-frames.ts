/** What the wire codec makes of a value: plain JSON. */
export type WireValue = null | boolean | number | string | readonly WireValue[] | { readonly [key: string]: WireValue }

/** A message port that lives on both sides of the wire under one name. */
export type PortId = string

/** Main process to preload world. */
export type FrameToRenderer =
  | readonly ['message', channel: string, args: WireValue, ports: readonly PortId[]]
  | readonly ['reply', call: number, value: WireValue]
  | readonly ['failure', call: number, message: string]
  | PortFrame

/** Preload world to main process. */
export type FrameToMain =
  | readonly ['send', channel: string, args: WireValue, ports: readonly PortId[]]
  | readonly ['invoke', call: number, channel: string, args: WireValue]
  | readonly ['preload-error', message: string]
  | readonly ['title', title: string]
  | readonly ['window-open', url: string, name: string, features: string]
  | PortFrame

export type PortFrame =
  | readonly ['port', port: PortId, message: WireValue, ports: readonly PortId[]]
  | readonly ['port-closed', port: PortId]
