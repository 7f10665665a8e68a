import { describe, expect, it } from 'vitest'
import { ensureDefined } from '../../../../src-main/base/index.ts'
import type { ByteSource } from '../../../../src-main/store/journal/byte-source.ts'
import { FrameSealer, type FrameKind } from '../../../../src-main/store/journal/frame.ts'
import { SegmentCursor } from '../../../../src-main/store/journal/segment-cursor.ts'
import { journalIdHashOf, noHash, writeHeader } from '../../../../src-main/store/journal/segment-header.ts'
import { writeSeal } from '../../../../src-main/store/journal/seal.ts'
import { journalId, keysOf } from './sample-journal.ts'

const dataKey = ensureDefined(keysOf().keyOf(1), 'the key')

interface Planned {
  readonly kind?: FrameKind
  readonly first: number
  readonly count: number
  readonly plain?: Buffer | ((offset: number, hash: Buffer) => Buffer)
  readonly hashBefore?: Buffer
}

/** A segment of authentic frames, which may be in any order and chain: what somebody with the key could make. */
function segmentOf(frames: readonly Planned[]) {
  const { bytes, header, keys } = writeHeader(
    { number: 1, epoch: 1, capacity: 4_096, firstSequence: 1, journalIdHash: journalIdHashOf(journalId), chainBefore: noHash, recordsHashBefore: noHash }, dataKey,
  )
  const sealer = new FrameSealer(keys.frames, header.hash)
  const hashes: Buffer[] = []
  let offset = bytes.length
  const parts = frames.map(({ kind = 'records', first, count, plain = Buffer.from('12345'), hashBefore }) => {
    if (hashBefore !== undefined) sealer.hash = hashBefore
    const out = Buffer.alloc(4_096)
    const length = sealer.seal(kind, first, count, typeof plain === 'function' ? plain(offset, sealer.hash) : plain, out)
    offset += length
    hashes.push(sealer.hash)
    return out.subarray(0, length)
  })
  const content = Buffer.concat([bytes, ...parts])
  const file = Buffer.concat([content, Buffer.alloc(4_096 - content.length)])
  const source: ByteSource = {
    size: file.length,
    sizeNow: () => Promise.resolve(file.length),
    readAt: (into, position) => Promise.resolve(file.copy(into, 0, position, position + into.length)),
  }
  return { cursor: new SegmentCursor(source, keys.frames, header), hashes, content, file }
}

async function stepsOf(cursor: SegmentCursor): Promise<readonly string[]> {
  const steps: string[] = []
  for (;;) {
    const step = await cursor.next()
    steps.push(step.kind === 'bad' ? step.reason : step.kind)
    if (step.kind === 'end' || step.kind === 'bad') return steps
  }
}

describe('going through a segment', () => {
  it('takes frames that follow one another, up to where there are none', async () => {
    const { cursor, hashes } = segmentOf([{ first: 1, count: 2 }, { first: 3, count: 1 }])
    expect(await stepsOf(cursor)).toEqual(['records', 'records', 'end'])
    expect(cursor.position).toMatchObject({ nextSequence: 4, hash: hashes[1], recordsHash: hashes[1] })
  })

  it.each([
    ['a number is left out', [{ first: 1, count: 2 }, { first: 4, count: 1 }]],
    ['a number comes again', [{ first: 1, count: 2 }, { first: 2, count: 1 }]],
    ['the chain goes on from something else', [{ first: 1, count: 2 }, { first: 3, count: 1, hashBefore: Buffer.alloc(32, 1) }]],
  ])('stops where %s', async (_what, frames) => {
    expect(await stepsOf(segmentOf(frames).cursor)).toEqual(['records', 'frame-misplaced'])
  })

  it('stops at a frame whose chain does not begin with the header', async () => {
    expect(await stepsOf(segmentOf([{ first: 1, count: 2, hashBefore: noHash }]).cursor)).toEqual(['frame-misplaced'])
  })

  it('stops at zeros that are none', async () => {
    const { cursor, content, file } = segmentOf([{ first: 1, count: 2 }])
    file.writeUInt8(1, content.length - 1)
    expect(await stepsOf(cursor)).toEqual(['padding'])
  })

  it.each([
    ['takes a seal that is right', {}, ['records', 'seal', 'end']],
    ['does not take one that counts other records', { records: 3 }, ['records', 'seal']],
    ['does not take one that ends at another number', { lastSequence: 3 }, ['records', 'seal']],
    ['does not take one of another place', { offset: 256 }, ['records', 'seal']],
    ['does not take one with another head', { recordsHash: noHash }, ['records', 'seal']],
  ])('%s', async (_what, wrong, expected) => {
    const plain = (offset: number, recordsHash: Buffer) => writeSeal({ records: 2, lastSequence: 2, offset, recordsHash, ...wrong })
    const { cursor } = segmentOf([{ first: 1, count: 2 }, { kind: 'seal', first: 3, count: 0, plain }])
    expect(await stepsOf(cursor)).toEqual(expected)
  })
})
