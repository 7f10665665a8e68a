import { watch, type FSWatcher } from 'node:fs'
import { basename, dirname } from 'node:path'

export interface WatchOptions {
  readonly path: string
  /** A file may be on a disk that tells nothing, or be linked from another folder. */
  readonly pollMs: number
}

/** Calls when the file may have changed: rather too often than never. Keeps no process alive. */
export function watchFile({ path, pollMs }: WatchOptions, onMaybeChanged: () => void): () => void {
  const poll = setInterval(onMaybeChanged, pollMs).unref()
  const watcher = watchFolder(path, onMaybeChanged)
  return () => {
    clearInterval(poll)
    watcher?.close()
  }
}

function watchFolder(path: string, onEvent: () => void): FSWatcher | undefined {
  try {
    const watcher = watch(dirname(path), { persistent: false }, (_event, name) => {
      if (name === null || name === basename(path)) onEvent()
    })
    // The folder may vanish, and the system may run out of watches: polling goes on.
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return undefined
  }
}
