import { write } from 'node:fs'

/**
 * Passes words on to this process's stderr without ever waiting for its reader: a pager that is not scrolled, or a terminal
 * that was stopped, must hold up neither the engine nor this process. What does not fit is left out and counted.
 */
export interface PatientWords {
  pass(words: Uint8Array): void
  /** When all that was passed is out. With a reader that does not read, that is never. */
  settled(): Promise<void>
}

const waitingBytesMax = 256 * 1024

export function patientWords(fileDescriptor: number = process.stderr.fd): PatientWords {
  let waiting: Uint8Array[] = []
  let waitingBytes = 0
  let leftOut = 0
  let isWriting = false
  let whenSettled: (() => void)[] = []

  const next = (): void => {
    if (isWriting) return
    if (waiting.length === 0) {
      for (const settle of whenSettled) settle()
      whenSettled = []
      return
    }
    const words = Buffer.concat(waiting)
    waiting = []
    waitingBytes = 0
    isWriting = true
    // On a thread of its own: the pipe may be full for as long as it likes.
    write(fileDescriptor, words, () => {
      isWriting = false
      if (leftOut > 0) {
        const note = Buffer.from(`(${leftOut} bytes were left out)\n`)
        leftOut = 0
        waiting.push(note)
      }
      next()
    })
  }

  return {
    pass(words) {
      if (waitingBytes + words.length > waitingBytesMax) leftOut += words.length
      else {
        waiting.push(words)
        waitingBytes += words.length
      }
      next()
    },
    settled: () => (isWriting ? new Promise((resolve) => whenSettled.push(resolve)) : Promise.resolve()),
  }
}
