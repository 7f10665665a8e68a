/**
 * The second line behind the log's typed face: what is known to be secret is taken out of every text that leaves this
 * process, in each form that it could have taken on its way. It must never keep more of a secret than it needs.
 * Invariants: 1 a registered secret leaves in no form: plain, quoted, hex, base64 at any offset, URL-encoded, or as a list of
 * its bytes; 2 what looks like a credential is masked even where nobody registered it.
 */
export class SecretRegister {
  readonly #forms = new Map<string, readonly string[]>()
  #all: readonly string[] = []

  /** False for what is too short to be told from ordinary text: masking it would make every line unreadable. */
  add(secret: string | Uint8Array): boolean {
    const bytes = Buffer.from(secret)
    if (bytes.length < secretBytesMin || this.#forms.size >= secretsMax) return false
    const key = bytes.toString('base64')
    if (!this.#forms.has(key)) this.#keep(key, formsOf(bytes, typeof secret === 'string' ? secret : undefined))
    return true
  }

  /** For a secret that is no longer in use. */
  forget(secret: string | Uint8Array): void {
    if (this.#forms.delete(Buffer.from(secret).toString('base64'))) this.#gather()
  }

  /** The text without what must not leave. */
  scrub(text: string): string {
    let clean = text
    for (const form of this.#all) if (clean.includes(form)) clean = clean.replaceAll(form, mask)
    return maskCredentials(clean)
  }

  #keep(key: string, forms: readonly string[]): void {
    this.#forms.set(key, forms)
    this.#gather()
  }

  #gather(): void {
    // The longest first, so that no form leaves the rest of a longer one behind.
    this.#all = [...new Set([...this.#forms.values()].flat())].sort((left, right) => right.length - left.length)
  }
}

export const mask = '[hidden]'

export const secretBytesMin = 6
const secretsMax = 256

function formsOf(bytes: Buffer, text: string | undefined): readonly string[] {
  const hex = bytes.toString('hex')
  const list = [...bytes].join(',')
  const told = text ?? (isText(bytes) ? bytes.toString('utf8') : undefined)
  return [
    ...(told === undefined ? [] : textForms(told)),
    hex,
    hex.toUpperCase(),
    list,
    list.replaceAll(',', ', '),
    ...base64Forms(bytes),
  ].filter((form) => form.length >= secretBytesMin)
}

const isText = (bytes: Buffer): boolean => Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes)

function textForms(text: string): readonly string[] {
  const quoted = JSON.stringify(text).slice(1, -1)
  // A form body writes a space as a plus, and other programs write the digits of an escape small.
  const escaped = text.isWellFormed() ? encodeURIComponent(text) : text
  return [text, quoted, JSON.stringify(quoted).slice(1, -1), escaped, escaped.replaceAll('%20', '+'), lowerEscapes(escaped)]
}

const lowerEscapes = (text: string): string => text.replaceAll(/%[0-9A-F]{2}/g, (escape) => escape.toLowerCase())

/**
 * Base64 of a longer text that holds the secret, such as `user:secret`, depends on where in it the secret begins; of each of the
 * three ways the characters that depend on the secret alone are looked for.
 */
function base64Forms(bytes: Buffer): readonly string[] {
  const forms = [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64').replaceAll('=', '')
    const first = Math.ceil((offset * 8) / 6)
    const whole = encoded.slice(first, Math.floor(((offset + bytes.length) * 8) / 6))
    return [whole, whole.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(whole)]
  })
  const plain = bytes.toString('base64')
  return [plain, plain.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(plain), ...forms]
}

/** What is a credential by its place in the text, whoever it belongs to. */
const credentialPatterns: readonly (readonly [RegExp, string])[] = [
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)[^\s/@"'\\]{1,512}@/gi, `$1${mask}@`],
  [/(\b(?:Bearer|Basic)\s+)[\w.~+/=-]{6,}/gi, `$1${mask}`],
  [/([?&][\w.-]{0,40}(?:token|key|secret|signature|password|passphrase|auth|code)[\w.-]{0,40}=)[^&\s"'\\#]+/gi, `$1${mask}`],
  // The form of a Telegram bot's token, which stands in the path of its address.
  [/(?<!\d)\d{6,12}:[\w-]{30,}/g, mask],
]

const maskCredentials = (text: string): string =>
  credentialPatterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text)
