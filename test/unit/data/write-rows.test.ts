import { parquetReadObjects } from 'hyparquet'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail, ok, type Result } from '../../../src-main/base/index.ts'
import { writeRows, type RowColumn, type RowValue } from '../../../src-main/data/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ballast-rows-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const columns: readonly RowColumn[] = [{ name: 'name', is: 'text' }, { name: 'at', is: 'time' }, { name: 'lots', is: 'whole' }, { name: 'price', is: 'decimal', places: 4 }]
const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6)
const rows: readonly (readonly RowValue[])[] = [['a "b", c', at, 7, '-12.5'], ['', null, null, null], ['é', at + 1, -3, '90071992547409.9301']]

async function* inPieces(...pieces: readonly Result<readonly (readonly RowValue[])[], string>[]) {
  yield* pieces
}

const write = (form: 'csv' | 'json' | 'parquet', pieces = inPieces(ok(rows.slice(0, 2)), ok(rows.slice(2)))) =>
  writeRows({ file: join(folder, `out.${form}`), mayReplace: false, form, columns, pieces })

describe('rows of a table', () => {
  it('become a CSV file with a header, exact decimals and times of UTC', async () => {
    expect(await write('csv')).toEqual({ ok: true, value: { rows: 3 } })
    expect(readFileSync(join(folder, 'out.csv'), 'utf8')).toBe(
      'name,at,lots,price\n"a ""b"", c",2026-01-02T03:04:05.006Z,7,-12.5\n,,,\né,2026-01-02T03:04:05.007Z,-3,90071992547409.9301\n',
    )
  })

  it('become one JSON document', async () => {
    expect(await write('json')).toMatchObject({ ok: true })
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual([
      { name: 'a "b", c', at, lots: 7, price: '-12.5' }, { name: '', at: null, lots: null, price: null }, { name: 'é', at: at + 1, lots: -3, price: '90071992547409.9301' },
    ])
    rmSync(join(folder, 'out.json'))
    await write('json', inPieces())
    expect(JSON.parse(readFileSync(join(folder, 'out.json'), 'utf8'))).toEqual([])
  })

  it('become a Parquet file whose decimals are decimals, and whose nothings are nothing', async () => {
    expect(await write('parquet')).toMatchObject({ ok: true })
    const bytes = readFileSync(join(folder, 'out.parquet'))
    const read = await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer })
    expect(read).toEqual([
      { name: 'a "b", c', at: new Date(at), lots: 7n, price: -12.5 }, { name: '', at: null, lots: null, price: null },
      { name: 'é', at: new Date(at + 1), lots: -3n, price: Number('90071992547409.9301') },
    ])
  })

  it('that cannot be read on leave no file and no half of one, and what was there stays', async () => {
    expect(await write('csv', inPieces(ok(rows), fail('closed')))).toEqual({ ok: false, error: 'closed' })
    expect(readdirSync(folder)).toEqual([])
    writeFileSync(join(folder, 'out.json'), 'mine')
    expect(await write('json')).toMatchObject({ ok: false, error: { code: 'file-exists' } })
    expect(readFileSync(join(folder, 'out.json'), 'utf8')).toBe('mine')
  })
})
