/**
 * What came of one request, as the socket saw it, before anybody read meaning into it. Only a whole answer is an answer: a body
 * that stalled, was cut off or cannot be read is the same as silence, because the venue may have done what was asked.
 */
export type RawCall =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  /** `before`: no byte left this machine, so nothing can have been done. Everything else may have been. */
  | { readonly kind: 'unanswered'; readonly why: 'before' | 'timeout' | 'reset' | 'stalled' | 'dns' | 'deadline' }

/** A venue's answer, read by the one who knows the venue's format. `unreadable` is not an error of the venue but an answer that is none. */
export type ReadAnswer<Value> =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'native-error'; readonly code: string; readonly message: string }
  | { readonly kind: 'unreadable' }

/** JSON or nothing: HTML, an empty body and half a document are all the same. */
export const readJson = (body: string): unknown => {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
