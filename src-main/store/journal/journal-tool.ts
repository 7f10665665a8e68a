import type { JournalDraft } from '../../ports/index.ts'
import { assert, InvariantError } from '../../base/index.ts'
import type { JournalAccess } from './journal-face.ts'
import { completeLimits, recordBytesMax, type JournalLimits } from './journal-limits.ts'
import type { JournalHead, JournalOpenTrouble } from './journal-trouble.ts'
import type { JournalWriter } from './journal-writer.ts'
import { recordText } from './record-content.ts'
import { codeOf, isFull, sentenceOf, type JournalDisk } from './segment-files.ts'
import { inspect, startWriter, type JournalState } from './start-writer.ts'

export interface JournalToolOptions extends JournalAccess {
  readonly limits?: Partial<JournalLimits>
  readonly knownDurable?: readonly JournalHead[]
  readonly disk?: JournalDisk
}

export type ToolAppended =
  | { readonly ok: true; readonly sequence: number }
  | { readonly ok: false; readonly reason: 'too-large' | 'disk-full' | 'failed'; readonly detail: string }

export type ToolClosed = { readonly ok: true } | { readonly ok: false; readonly detail: string }

/** A writer without a thread, for commands that add a few records and end. Each append returns when it is on the disk. */
export interface JournalTool {
  readonly durable: number
  append(drafts: readonly JournalDraft[]): ToolAppended
  head(): JournalHead
  /** Seals. What was durable is so without it too; then the next start finds what a crash leaves. */
  close(): ToolClosed
}

export type JournalToolOpening =
  | { readonly ok: true; readonly tool: JournalTool; readonly state: JournalState }
  | { readonly ok: false; readonly trouble: JournalOpenTrouble }

export async function openJournalTool(options: JournalToolOptions): Promise<JournalToolOpening> {
  const completed = completeLimits(options.limits)
  if (!completed.ok) throw new InvariantError(`expected a sensible ${completed.limit} of the journal`)
  const started = await startWriter({ ...options, knownDurable: options.knownDurable ?? [] }, completed.limits, Date.now())
  return started.ok ? { ok: true, tool: toolOf(started.writer), state: started.state } : started
}

function toolOf(writer: JournalWriter): JournalTool {
  let broken: ToolAppended | undefined
  return {
    get durable() {
      return writer.durable
    },
    append: (drafts) => {
      if (broken !== undefined) return broken
      const texts = drafts.map((draft) => Buffer.from(recordText(draft), 'utf8'))
      if (texts.some((text) => text.length > recordBytesMax)) return { ok: false, reason: 'too-large', detail: 'the record is too large' }
      try {
        for (const text of texts) {
          if (writer.stage(text)) continue
          writer.commit()
          assert(writer.stage(text), 'expected an empty group to take a record')
        }
        writer.commit()
      } catch (error) {
        if (codeOf(error) === undefined) throw error
        // Some of them may be staged: what could still be written later must not be told as refused and then appear.
        broken = { ok: false, reason: isFull(error) ? 'disk-full' : 'failed', detail: sentenceOf(error) }
        writer.abandon()
        return broken
      }
      return { ok: true, sequence: writer.durable }
    },
    head: () => writer.head(),
    close: () => (broken === undefined || broken.ok ? closeWriter(writer) : { ok: false, detail: broken.detail }),
  }
}

function closeWriter(writer: JournalWriter): ToolClosed {
  try {
    writer.close()
    return { ok: true }
  } catch (error) {
    if (codeOf(error) === undefined) throw error
    writer.abandon()
    return { ok: false, detail: sentenceOf(error) }
  }
}

export type JournalInspection = { readonly ok: true; readonly state: JournalState } | { readonly ok: false; readonly trouble: JournalOpenTrouble }

/** What opening would find, without changing anything: also on a disk that cannot be written. No writer may be running. */
export async function inspectJournal(options: JournalAccess & { readonly knownDurable?: readonly JournalHead[] }): Promise<JournalInspection> {
  const found = await inspect({ ...options, knownDurable: options.knownDurable ?? [] })
  return found.ok ? { ok: true, state: found.state } : found
}
