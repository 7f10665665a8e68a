import type { ConnectionState } from '../../client.ts'

/** The states of the line to the engine: a name, and what it means for what is on the screen. */
export const connection = {
  'connection.connecting.name': 'Connecting',
  'connection.connecting.meaning': 'Looking for the engine.',
  'connection.open.name': 'Connected',
  'connection.open.meaning': 'What you see is what the engine says now.',
  'connection.restarting.name': 'Restarting',
  'connection.restarting.meaning': 'The engine went away and is being started again. What you see is the last that was known.',
  'connection.stopped.name': 'Engine down',
  'connection.stopped.meaning': 'The engine is down and stays down until it is started by hand.',
  'connection.lost.name': 'Lost',
  'connection.lost.meaning': 'No word from the engine; trying again. What you see is the last that was known.',
  'connection.refused.name': 'Refused',
  'connection.refused.meaning': 'The engine does not know this token. Open the address that it printed last.',
  'connection.incompatible.name': 'Other version',
  'connection.incompatible.meaning': 'This program and the engine are of different versions and exchange nothing.',
} as const satisfies Readonly<Record<`connection.${ConnectionState}.${'name' | 'meaning'}`, string>>
