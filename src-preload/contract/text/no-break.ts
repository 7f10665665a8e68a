import type { Message, MessageTable } from './message.ts'

/**
 * French sets a space before : ; ? ! and inside « », and a line must not break there. The tables are written with plain spaces,
 * which can be seen and typed; here they become no-break spaces.
 */
const noBreak = '\u00a0'

const inText = (text: string): string => text.replace(/ (?=[:;?!»])|(?<=«) /g, noBreak)

const inMessage = (message: Message): Message =>
  typeof message === 'string' ? inText(message) : { one: inText(message.one), other: inText(message.other) }

/** The same table with its spaces made no-break where French wants it. */
export const withNoBreakSpaces = <Table extends MessageTable>(table: Table): Readonly<Record<keyof Table, Message>> => {
  const entries = Object.entries<Message>(table).map(([key, message]) => [key, inMessage(message)] as const)
  // The keys are those of the table; `fromEntries` forgets them.
  return Object.fromEntries(entries) as Readonly<Record<keyof Table, Message>>
}
