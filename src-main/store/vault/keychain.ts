/**
 * The keychain of the operating system, as far as the vault needs it: small named secrets of one application.
 * A missing entry is `undefined`; that the keychain did not give one is a trouble, and never taken for a missing entry.
 */
export interface Keychain {
  read(account: string): Promise<KeychainAnswer<Buffer | undefined>>
  write(account: string, secret: Uint8Array): Promise<KeychainAnswer<undefined>>
  /** False when there was none. */
  remove(account: string): Promise<KeychainAnswer<boolean>>
  /** Which keychain would answer; asks nothing that could prompt. */
  describe(): Promise<KeychainDescription>
  /**
   * A call that was given up is still under way in a thread that cannot be ended, and the process's exit would wait for it.
   * Only where there can be no child process: a child that hangs is killed.
   * Whoever exits while this is true ends the process by a signal, after everything else is done.
   */
  readonly isStuck: boolean
}

/** `keyutils`, the kernel's store for one session, is none: what it holds is gone with the session. */
export type KeychainBackEnd = 'secret-service' | 'kwallet' | 'macos' | 'windows' | 'none'

export interface KeychainDescription {
  readonly backEnd: KeychainBackEnd
  /** The program that answers, where that can be found out. */
  readonly program?: string
}

export type KeychainAnswer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly trouble: KeychainTrouble }

export type KeychainTrouble =
  /** No bus, no service, or a service that has no place to keep anything. */
  | { readonly kind: 'keychain-absent'; readonly detail: string }
  | { readonly kind: 'keychain-locked'; readonly detail: string }
  | { readonly kind: 'keychain-denied'; readonly detail: string }
  /** It did not answer in time, or an earlier call is still waiting for its answer. */
  | { readonly kind: 'keychain-silent'; readonly waitedMs: number }

/** For the tests of others, and where a keychain is switched off on purpose. */
export const noKeychain: Keychain = {
  read: () => Promise.resolve(absent),
  write: () => Promise.resolve(absent),
  remove: () => Promise.resolve(absent),
  describe: () => Promise.resolve({ backEnd: 'none' }),
  isStuck: false,
}

const absent = { ok: false, trouble: { kind: 'keychain-absent', detail: 'no keychain is used' } } as const
