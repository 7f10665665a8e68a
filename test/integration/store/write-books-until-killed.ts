/** Writes batch after batch, tells how far it is, and never ends by itself. */
import { openBooks } from '../../../src-main/store/books/index.ts'

const [, , folder = '', key = ''] = process.argv
const threadEntry = new URL('../../../src-main/books-thread.ts', import.meta.url)
const opened = await openBooks({ folder, key: Buffer.from(key, 'hex'), threadEntry })
if (!opened.ok) throw new Error(opened.error.kind)
process.on('disconnect', () => process.exit())
for (;;) {
  const from = opened.value.applied().sequence + 1
  const batch = Array.from({ length: 50 }, (_each, index) => ({
    sequence: from + index, at: from + index, kind: 'test.happened', body: { sequence: from + index, text: 'x'.repeat(200) },
  }))
  const applied = await opened.value.apply(batch)
  if (!applied.ok) throw new Error(applied.error.kind)
  process.send?.(applied.value.sequence)
}
