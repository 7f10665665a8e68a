import type { BooksTroubleCode } from '../../books-entries.ts'
import type { Message } from '../message.ts'

/** Why the books of a profile stay closed: what is wrong, that nothing is lost, and what to do. */
export const books = {
  'books.trouble.passphrase-needed': 'The books of this profile wait for their passphrase or recovery code.',
  'books.trouble.secret-wrong': 'That passphrase or recovery code does not open these books. Nothing was changed; try again.',
  'books.trouble.secret-weak': 'A passphrase needs at least {least} characters, and at most 1024 bytes. Nothing was made; give another one.',
  'books.trouble.keychain-absent':
    'No keychain answers on this computer, and these books have no passphrase yet. Start a keychain, or give a passphrase with --passphrase-fd or BALLAST_PASSPHRASE_FILE.',
  'books.trouble.keychain-locked': 'The keychain is locked. Unlock it, then try again; the passphrase or recovery code opens the books as well.',
  'books.trouble.keychain-denied': 'The keychain refused Ballast its key. Allow it in the keychain’s own settings, then try again.',
  'books.trouble.keychain-silent': 'The keychain did not answer within {seconds} s. It may wait for you in a window of its own; then try again.',
  'books.trouble.key-missing':
    'This keychain does not hold the key of these books: another user, another computer, or it was deleted. The passphrase or recovery code opens them and puts the key back.',
  'books.trouble.key-wrong': 'The key in the keychain is not the key of these books. The passphrase or recovery code opens them and puts the right one back.',
  'books.trouble.keychain-changed':
    'The keychain is now “{now}”, and the key was put into “{before}”. Go back to that one, or open the books with the passphrase or recovery code, which puts the key into this one.',
  'books.trouble.vault-damaged': 'The file vault.json is damaged ({reason}). Nothing was changed: put it back from a backup with `ballast restore`.',
  'books.trouble.vault-newer': 'These books were written by a newer Ballast. Nothing was changed: start that version.',
  'books.trouble.vault-missing':
    'The file vault.json is gone, and without it nothing can open the journal. Nothing was changed: put it back, or restore a backup with `ballast restore`.',
  'books.trouble.journal-damaged':
    'The journal is damaged in segment {segment} at byte {offset}, record {sequence} ({reason}). Nothing was changed: follow the runbook “corrupt-database”.',
  'books.trouble.journal-key-missing': 'A key that an older part of the journal needs is missing (epoch {epoch}). Nothing was changed: restore from a backup.',
  'books.trouble.journal-not-ours': 'The journal in this folder belongs to other books. Nothing was changed: put the right folder back.',
  'books.trouble.rolled-back':
    'The journal ends before record {expected}, which is known to have been in it, or holds something else there. Somebody or something put back an older copy; nothing was changed: follow the runbook “corrupt-database”.',
  'books.trouble.anchor-damaged':
    'The note of how far these books reached, kept outside of their folder, was changed. Nothing was opened: verify a copy with `ballast audit verify`, and follow the runbook “corrupt-database”.',
  'books.trouble.trading-not-set-up':
    'The books hold orders or money of {what}, which this Ballast is not set up for. Nothing was changed: put it back into the settings, or start the version that wrote them.',
  'books.trouble.disk-full': 'The disk is full, so the books cannot be opened for writing. Make room, then try again; what was written is safe.',
  'books.trouble.folder-unusable': 'The folder of the books cannot be written ({detail}). Correct its rights, then try again; nothing was changed.',
  'books.trouble.failed': 'The books could not be opened ({detail}). Nothing was changed; the log says more.',

  'books.protection.keychain': 'keychain',
  'books.protection.passphrase': 'passphrase',
  'books.protection.ephemeral': 'not kept',
} as const satisfies Readonly<Record<`books.trouble.${BooksTroubleCode}`, Message>> & Readonly<Record<string, Message>>
