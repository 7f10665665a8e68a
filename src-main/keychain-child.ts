/** The program that speaks to the keychain of the operating system, so that one that hangs can be ended. */
import { serveKeychain } from './store/vault/index.ts'

serveKeychain()
