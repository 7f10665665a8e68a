import type { AlertMessage } from './alert-message.ts'
import type { SendOutcome } from './send-request.ts'

/** A way out of this computer. Several messages at once are one digest. */
export interface Sender {
  send(messages: readonly AlertMessage[]): Promise<SendOutcome>
}
