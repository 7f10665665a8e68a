import type { ServerMessage } from '../../src-preload/contract/index.ts'

/** How the panels about the engine itself may be. `loading`: it has said no more than that it is there; `stale`: nothing any more. */
export const houseSights = ['loading', 'empty', 'live', 'stale'] as const
export type HouseSight = (typeof houseSights)[number]

/** Without these the screen shows no panel at all. */
const needed: readonly string[] = ['engine.watch', 'engine.status', 'books.watch', 'settings.watch']

export function houseSight(sight: HouseSight, message: ServerMessage, name: string): ServerMessage | undefined {
  if (sight === 'stale') return undefined
  if (sight === 'loading' && !needed.includes(name)) return undefined
  if (sight !== 'empty' || needed.includes(name)) return message
  if (message.kind === 'snapshot') return { ...message, value: withoutEntries(message.value) }
  return message.kind === 'delta' ? undefined : message
}

/** What is a list holds nothing; all else is as it was. */
const withoutEntries = (value: unknown): unknown =>
  Array.isArray(value) ? [] : typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, Array.isArray(each) ? [] : each]))
    : value
