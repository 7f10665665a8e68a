import type { Message } from '../message.ts'

/** The screen's frame: top bar, halt and resume, bands, status bar. */
export const screen = {
  'screen.workspaces': 'Workspaces',
  'screen.command-field': 'Command',
  'screen.status-bar': 'Status',
  'screen.close': 'Close',
  'screen.cancel': 'Cancel',
  'screen.done': 'Done',
  'screen.reload': 'Reload the page',

  'screen.kind.demo': 'Demo',
  'screen.kind.paper': 'Paper',
  'screen.kind.testnet': 'Testnet',
  'screen.kind.live': 'Live',
  'screen.mode-badge': '{kind}, profile {profile}',

  'screen.title.no-line': 'No line',

  'screen.reason.of-engine': '{reason}',
  'screen.actor.hand': 'by hand',
  'screen.actor.cli': 'by command line',
  'screen.actor.tray': 'from the tray',
  'screen.actor.hotkey': 'by hotkey',
  'screen.actor.signal': 'by signal',
  'screen.actor.engine': 'by the engine',

  'screen.engine-word': 'Engine for',
  'screen.engine-word.last-known': 'Engine, last known',

  'screen.halt.rest': 'Halt',
  'screen.halt.asked': 'Halting…',
  'screen.halt.waiting': 'Halt waits',
  'screen.halt.since': 'since {time}',
  'screen.halt.reason': 'halted on the screen',
  'screen.halt.waiting.title': 'No line to the engine: halt not delivered',
  'screen.halt.waiting.rest': 'It is kept, and goes out the moment there is a line. Sooner: run ballast halt in a terminal.',
  'screen.halt.unanswered.title': 'Halt sent, no answer yet',
  'screen.halt.unanswered.rest':
    'Whether the engine has stopped is not known. Press again to send it again, or run ballast halt in a terminal.',
  'screen.halt.failed.title': 'Halt not delivered',
  'screen.halt.failed.rest': 'This screen cannot reach the engine. Run ballast halt in a terminal.',

  'screen.band.restarted': 'Engine restarted at {time}. It is starting and sends nothing.',
  'screen.band.since': 'since {time} UTC, {actor}: {reason}',

  'screen.resume': 'Resume…',
  'screen.resume.not-allowed': 'This screen may watch and halt, not resume.',
  'screen.resume.title': 'Resume trading?',
  'screen.resume.standing': 'since {time} UTC, {actor}: {reason}.',
  'screen.resume.reducing': 'Reduce only',
  'screen.resume.reducing.means': 'The engine sends only orders that make a position smaller. No entry leaves.',
  'screen.resume.active': 'Trade',
  'screen.resume.active.means': 'The engine sends entries and exits again, from this moment on.',
  'screen.resume.reducing.do': 'Resume, reduce only',
  'screen.resume.active.do': 'Resume trading',
  'screen.resume.why': 'Reason, kept with the change',
  'screen.resume.reason': 'resumed on the screen',
  'screen.resume.sending': 'Resuming…',
  'screen.resume.no-line': 'No line to the engine.',

  'screen.trouble.connecting': 'No line to the engine for {age}.',
  'screen.trouble.connecting.next': 'Trying again.',
  'screen.trouble.lost': 'No line to the engine for {age}.',
  'screen.trouble.lost.next': 'Trying again.',
  'screen.trouble.restarting': 'The engine stopped {age} ago and is being started again.',
  'screen.trouble.restarting.next': 'It will come back without trading.',
  'screen.trouble.stopped': 'The engine has been down for {age} and stays down after three crashes.',
  'screen.trouble.stopped.next': 'Nothing is sent. Read its log before it is started again.',
  'screen.trouble.silent': 'The engine has been silent for {age}.',
  'screen.trouble.silent.next': 'The line is open. Halt goes through if the engine still listens.',
  'screen.trouble.last-known': 'Last known {time}.',
  'screen.trouble.start-again': 'Start the engine',

  'screen.refused.title': 'This page has no key to the engine',
  'screen.refused.why':
    'The key is in the address, after the # sign. This tab came without one or with an old one: each start makes new keys.',
  'screen.refused.next': 'Open the address that this command printed, or run it again:',
  'screen.incompatible.title': 'This page and the engine are of different versions',
  'screen.incompatible.why': 'They could misread each other, so nothing is exchanged. The engine goes on as it was.',
  'screen.incompatible.next': 'Reload to get the page that belongs to the engine.',

  'screen.line.silent': 'Silent',

  'screen.status.line': 'Line',
  'screen.status.old': '{age} old',
  'screen.status.round-trip': 'Round trip',
  'screen.status.clock': 'Clock',
  'screen.status.no-reading': 'no reading',
  'screen.status.stall': 'Stall',
  'screen.status.engine': 'Engine',
  'screen.status.since': 'since {time}',
  'screen.status.clients': 'Clients',
  'screen.status.restarts': 'Restarts',

  'screen.fault.title': 'The screen stopped drawing',
  'screen.fault.rest': 'The engine goes on without it. Halt still works, here and by Ctrl Shift H.',
} as const satisfies Readonly<Record<`screen.${string}`, Message>>
