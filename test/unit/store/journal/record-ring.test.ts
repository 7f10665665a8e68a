import { describe, expect, it } from 'vitest'
import { allocateRing, RingReader, RingWriter } from '../../../../src-main/store/journal/record-ring.ts'

const size = 256 * 1024
const ringOf = (bytes = size) => {
  const memory = allocateRing(bytes)
  return { writer: new RingWriter(memory), reader: new RingReader(memory) }
}
const hash = Buffer.alloc(32, 7)

/** Takes all there is. */
function takeAll(reader: RingReader): string[] {
  const texts: string[] = []
  for (let record = reader.peek(); record !== undefined; record = reader.peek()) {
    texts.push(record.toString('utf8'))
    reader.take(record)
  }
  return texts
}

describe('the ring of records', () => {
  it('gives back what was put, in order, with every kind of letter', () => {
    const { writer, reader } = ringOf()
    const texts = ['{}', 'é€😀', '', 'a'.repeat(1_000)]
    for (const text of texts) expect(writer.put(text, 1)).toBe('put')
    expect(takeAll(reader)).toEqual(texts)
    expect(reader.isEmpty).toBe(true)
  })

  it('gives the same record again until it is taken', () => {
    const { writer, reader } = ringOf()
    writer.put('first', 1)
    expect(reader.peek()?.toString()).toBe('first')
    expect(reader.peek()?.toString()).toBe('first')
  })

  it('keeps its counts when its positions pass 2^32, and every record whole at every turn', () => {
    const { writer, reader } = ringOf()
    const texts = ['x'.repeat(21_000), 'y'.repeat(13_333), 'z'.repeat(1)]
    let bytes = 0
    let count = 0
    while (bytes < 2 ** 32 + 2 ** 20) {
      const text = texts[count % 3] ?? ''
      if (writer.put(text, count) !== 'put') throw new Error('full')
      const record = reader.peek()
      if (record?.length !== text.length || record[0] !== text.charCodeAt(0) || record.at(-1) !== text.charCodeAt(0)) throw new Error(`record ${count} is not whole`)
      reader.take(record)
      reader.release(1, ++count, hash)
      bytes += text.length + 16
      if (writer.durableCount !== count || writer.oldestTime() !== undefined) throw new Error('wrong count')
    }
    expect(count).toBeGreaterThan(300_000)
  }, 60_000)

  it('is full before it would overwrite what is not durable, also when it was taken', () => {
    const { writer, reader } = ringOf()
    const text = 'a'.repeat(5_000)
    let count = 0
    while (writer.put(text, count) === 'put') count++
    expect(count).toBeGreaterThan(40)
    expect(takeAll(reader)).toHaveLength(count)
    expect(writer.put(text, 1)).toBe('full')
    reader.release(count, count, hash)
    expect(writer.put(text, 1)).toBe('put')
  })

  it('knows since when the oldest record waits that is not durable, also over its end', () => {
    const { writer, reader } = ringOf()
    expect(writer.oldestTime()).toBeUndefined()
    for (let round = 0; round < 500; round++) {
      writer.put('a'.repeat(10_000), round)
      writer.put('b', round + 0.5)
      expect(writer.oldestTime()).toBe(round)
      takeAll(reader)
      expect(writer.oldestTime()).toBe(round)
      reader.release(2, round, hash)
      expect(writer.oldestTime()).toBeUndefined()
    }
  })

  it('refuses what is larger than a record may be, by its bytes and not by its letters', () => {
    const { writer } = ringOf()
    expect(writer.put('€'.repeat(21_845), 1)).toBe('put')
    expect(writer.put('€'.repeat(21_846), 1)).toBe('too-large')
    expect(writer.put('a'.repeat(65_536), 1)).toBe('put')
    expect(writer.put('a'.repeat(65_537), 1)).toBe('too-large')
  })

  it('shows a head that is whole and not older than the count', () => {
    const { writer, reader } = ringOf()
    reader.publishHead(5, hash)
    expect(writer.readHead()).toEqual({ sequence: 5, hash })
    writer.put('a', 1)
    takeAll(reader)
    reader.release(1, 6, Buffer.alloc(32, 9))
    expect(writer.readHead()).toEqual({ sequence: 6, hash: Buffer.alloc(32, 9) })
  })

  it('tells who waits that something became durable', async () => {
    const { writer, reader } = ringOf()
    writer.put('a', 1)
    takeAll(reader)
    expect(writer.durableCount).toBe(0)
    const changed = writer.durableChanged()
    reader.release(1, 1, hash)
    await changed
    expect(writer.durableCount).toBe(1)
  })

  it('sleeps a pause out although there is something in it and it is stopped', () => {
    const { writer, reader } = ringOf()
    writer.put('a', 1)
    writer.stop()
    const begun = performance.now()
    reader.pause(50)
    expect(performance.now() - begun).toBeGreaterThan(45)
  })
})
