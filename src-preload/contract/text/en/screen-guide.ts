import type { Message } from '../message.ts'

/** The guide of the first run: what a newcomer decides and learns before he looks at the market. */
export const screenGuide = {
  'screen.command.guide': 'Guide of the first run…',
  'screen.guide': 'Welcome to Ballast',
  'screen.guide.step': 'Step {nth} of {all}',
  'screen.guide.back': 'Back',
  'screen.guide.next': 'Next',
  'screen.guide.skip': 'Skip the guide',
  'screen.guide.end': 'Show me the market',
  'screen.guide.skipped': 'Ctrl K, “Guide of the first run”, opens it again',

  'screen.guide.language': 'In which language?',
  'screen.guide.language.means': 'Ballast is a workstation for one trader. Nothing that you see leaves this computer, unless you have alerts sent.',

  'screen.guide.books': 'Where your books are kept',
  'screen.guide.books.means': 'Everything that the engine decides is written into an encrypted journal. There are three ways to keep its key:',
  'screen.guide.books.keychain': 'Keychain',
  'screen.guide.books.keychain.means': 'The key is in this computer’s keychain, and the books open by themselves where you are logged in.',
  'screen.guide.books.passphrase': 'Passphrase',
  'screen.guide.books.passphrase.means': 'The key is nowhere but under a passphrase of yours, which each start asks for.',
  'screen.guide.books.ephemeral': 'Demo only',
  'screen.guide.books.ephemeral.means': 'The key is in memory alone: what you do in a demo is gone when Ballast ends.',
  'screen.guide.books.here': 'as it is now',
  'screen.guide.books.other': 'Which of them holds is decided when a profile is started: `ballast serve --profile paper` keeps its books.',

  'screen.guide.recovery': 'A way back into your books',
  'screen.guide.recovery.means':
    'A recovery code on paper opens the books when the keychain or the passphrase is lost, and opens a backup on another computer.',
  'screen.guide.recovery.has': 'These books have a recovery code.',
  'screen.guide.recovery.none': 'These books have no recovery code yet.',
  'screen.guide.recovery.make': 'Make a recovery code…',
  'screen.guide.recovery.later': 'It can be made at any time in the Books panel.',

  'screen.guide.looks': 'How it looks',
  'screen.guide.looks.means': 'Buy and sell are always told by a word or a sign as well. If green and rose look alike to you, take the other palette.',

  'screen.guide.halt': 'How you stop it',
  'screen.guide.halt.means':
    'The halt is in the upper right corner of every screen, also of a locked one. One press, or Ctrl Shift H, and nothing new is sent; cancels pass.',
  'screen.guide.halt.resume': 'Anyone who sees the screen may halt. Resuming is asked for separately, with a reason that is kept.',
  'screen.guide.halt.key':
    'A demo and a paper profile need no more. Live trading will ask for a hardware key, which is enrolled later and not here.',
  'screen.guide.halt.palette': 'Everything else is one key away: Ctrl K finds every command by its name.',
} as const satisfies Readonly<Record<`screen.${string}`, Message>>
