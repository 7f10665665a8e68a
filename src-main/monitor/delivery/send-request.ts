/**
 * One request to a receiver of the trader's own choosing. It must never throw, never follow a redirect, never wait longer than its
 * time, and never tell more about its failure than a word of ours or the system's: an address may hold a secret.
 */
export interface RequestParts {
  readonly method: 'POST' | 'GET'
  readonly address: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  readonly timeoutMs: number
}

export type SendOutcome =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false
      readonly problem: string
      /** Trying again soon is of no use: the receiver does not want this. */
      readonly isLasting: boolean
      readonly retryAfterMs?: number
    }

const answerBytesMax = 65_536
const retryAfterMsMax = 300_000

export async function sendRequest({ method, address, headers = {}, body, timeoutMs }: RequestParts): Promise<SendOutcome> {
  if (!isWebAddress(address)) return failed('address', true)
  try {
    const response = await fetch(address, {
      method,
      headers,
      // What was signed for one receiver is not for another.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined ? {} : { body }),
    })
    const text = await readStart(response)
    return response.ok ? { ok: true, text } : refusedBy(response, text)
  } catch (error) {
    return failed(problemOf(error), false)
  }
}

export const failed = (problem: string, isLasting: boolean): Extract<SendOutcome, { ok: false }> => ({
  ok: false, problem, isLasting,
})

export function isWebAddress(address: string): boolean {
  const url = URL.parse(address)
  // The browser's fetch refuses credentials in an address as well.
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === ''
}

const passingStatuses: readonly number[] = [408, 425, 429]

function refusedBy(response: Response, text: string): SendOutcome {
  const { status } = response
  if (status >= 300 && status < 400) return failed('redirect', true)
  const isLasting = status < 500 && !passingStatuses.includes(status)
  const retryAfterMs = status === 429 || status === 503 ? askedDelayMs(response, text) : undefined
  return { ...failed(`http-${status}`, isLasting), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }
}

/** In a header, or as Telegram says it in its answer. */
function askedDelayMs(response: Response, text: string): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? /"retry_after"\s*:\s*(\d{1,6})/.exec(text)?.[1] ?? NaN)
  return seconds > 0 ? Math.min(seconds * 1_000, retryAfterMsMax) : undefined
}

/** As much as anybody could want to know; the rest is not waited for. */
async function readStart(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  if (reader === undefined) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  while (bytes < answerBytesMax) {
    const { done, value } = await reader.read()
    if (done) break
    chunks.push(value)
    bytes += value.length
  }
  // Whatever goes wrong with the rest is of no interest.
  reader.cancel().catch(() => undefined)
  return Buffer.concat(chunks).subarray(0, answerBytesMax).toString('utf8')
}

/** The system's code, or a word of ours; never a message, which may quote the address. */
function problemOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'timeout'
  const cause: unknown = error.cause
  const codes = [cause, ...(cause instanceof AggregateError ? cause.errors : []), error].map(codeOf)
  return codes.find((code) => code !== undefined) ?? 'unreachable'
}

const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]{1,60}$/.test(error.code)
    ? error.code
    : undefined
