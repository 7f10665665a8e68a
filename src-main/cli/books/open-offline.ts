import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Keychain, Vault } from '../../store/index.ts'
import { loadStore } from './load-store.ts'
import { askSecret } from '../secret-input.ts'
import type { CommandContext } from '../command.ts'
import { notPossible, refuse, type Refused } from '../trouble.ts'

/**
 * The keys of a profile's books without its engine: for what only looks, or while no engine runs. Nothing is mended or
 * changed on the way; a keychain that lost its key gets it back when the engine starts.
 */
export type OfflineVault = { readonly ok: true; readonly vault: Vault; readonly keychain: Keychain } | (Refused & { readonly why: WhyNot })

/** `ephemeral`: the books exist only inside their engine. `locked`: somebody has to give a secret. */
export type WhyNot = 'ephemeral' | 'no-books' | 'locked' | 'trouble'

export async function openOffline(context: CommandContext, given: string | undefined, mayAsk: boolean): Promise<OfflineVault> {
  const { profile, speech } = context
  if (profile.kind === 'demo') {
    return no('ephemeral', 'cli.books-ephemeral', speech.say('cli.error.books-ephemeral', { profile: profile.name }))
  }
  if (!existsSync(join(profile.folder, 'vault.json'))) {
    return no('no-books', 'cli.no-books', speech.say('cli.error.no-books', { profile: profile.name }))
  }
  const { createOsKeychain, troubleOfVault } = await loadStore()
  const keychain = createOsKeychain()
  const opening = await openWith(profile.folder, keychain, given)
  if (opening.ok) return { ok: true, vault: opening.vault, keychain }
  const wantsSecret = 'accepts' in opening.trouble
  const typed = wantsSecret && given === undefined && mayAsk ? await askSecret(context, speech.say('cli.ask.secret')) : undefined
  if (typed !== undefined) return openOffline(context, typed, false)
  const { code, details } = troubleOfVault(opening.trouble)
  return no(wantsSecret ? 'locked' : 'trouble', `books.${code}`, speech.sayTrouble(code, details))
}

async function openWith(folder: string, keychain: Keychain, given: string | undefined) {
  const { openVault, Secret } = await loadStore()
  const secret = given === undefined ? undefined : Secret.fromText(given)
  try {
    return await openVault({ folder, keychain, mendKeychain: false, ...(secret === undefined ? {} : { secret }) })
  } finally {
    secret?.dispose()
  }
}

const no = (why: WhyNot, code: string, message: string): Refused & { readonly why: WhyNot } => ({ ...refuse(notPossible(code, message)), why })
