import { inspect } from 'node:util'

/**
 * A passphrase, a recovery code or a token on its way through the program. Whatever prints, joins or serialises it gets
 * `[secret]`; the bytes come out through `withBytes` only, and are zero after `dispose`.
 *
 * The text it was made from is a string of the caller's, and strings cannot be wiped: read it late, and let it go.
 */
export class Secret {
  readonly #bytes: Buffer
  #isGone = false

  private constructor(bytes: Buffer) {
    this.#bytes = bytes
  }

  /** Text in one canonical form, so that the same passphrase typed on another system is the same bytes. */
  static fromText(text: string): Secret {
    return new Secret(Buffer.from(text.normalize('NFKC'), 'utf8'))
  }

  /** Takes a copy; the caller wipes his own. */
  static fromBytes(bytes: Uint8Array): Secret {
    return new Secret(Buffer.from(bytes))
  }

  get isGone(): boolean {
    return this.#isGone
  }

  get byteLength(): number {
    return this.#bytes.length
  }

  /** The bytes are lent for the call: whoever keeps them keeps zeros after `dispose`. */
  withBytes<Made>(use: (bytes: Buffer) => Made): Made {
    if (this.#isGone) throw new Error('expected a secret that has not been wiped')
    return use(this.#bytes)
  }

  dispose(): void {
    this.#bytes.fill(0)
    this.#isGone = true
  }

  toString(): string {
    return '[secret]'
  }

  toJSON(): string {
    return '[secret]'
  }

  [inspect.custom](): string {
    return '[secret]'
  }
}
