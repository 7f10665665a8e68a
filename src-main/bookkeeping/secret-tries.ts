/** How often a wrong secret was given in a row, and how long the next one waits: a person is not slowed, a program is. */
export interface SecretTries {
  /** Until the next try is judged. */
  waitSeconds(): number
  /** Answers how long the next try has to wait. */
  failed(): number
  succeeded(): void
}

/** A slip of the finger costs nothing. */
const freeTries = 3
const waitMaxSeconds = 300

export function createSecretTries(nowMs: () => number, onWrong: (tries: number) => void): SecretTries {
  let tries = 0
  let judgedFrom = 0
  const waitSeconds = (): number => Math.max(0, Math.ceil((judgedFrom - nowMs()) / 1_000))
  return {
    waitSeconds,
    failed() {
      tries += 1
      onWrong(tries)
      const seconds = tries < freeTries ? 0 : Math.min(waitMaxSeconds, 2 ** (tries - freeTries))
      judgedFrom = nowMs() + seconds * 1_000
      return waitSeconds()
    },
    succeeded() {
      tries = 0
      judgedFrom = 0
    },
  }
}
