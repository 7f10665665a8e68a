import type { ErrorCode } from '../../src-preload/contract/index.ts'
import { catalogue, type Message } from '../../src-preload/contract/text/index.ts'

/** The English sentence for an error, its placeholders left open. */
export function errorSentence(code: ErrorCode): string {
  const message: Message = catalogue.en[`error.${code}`]
  return typeof message === 'string' ? message : message.other
}
