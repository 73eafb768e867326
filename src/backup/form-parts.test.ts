import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FormDamaged, readFormParts } from './form-parts.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oplive-parts-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inPieces = async function* (bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test('a form comes out as it was sent, however it is cut on the way, and its file lies on the disk', async () => {
  const file = join(folder, 'large')
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.constantFrom('\r\n', '\r\n--', '--X', '\r\n--Y\r\n', '').map((text) => new TextEncoder().encode(text)),
  )
  await fc.assert(
    fc.asyncProperty(bytes, fc.string({ maxLength: 50 }), fc.integer({ min: 1, max: 97 }), async (sent, key, size) => {
      const form = new FormData()
      form.set('key', key)
      form.set('backup', new File([Buffer.from(sent)], 'a "b".backup'))
      form.set('last', 'æøå')
      const request = new Request('http://x', { method: 'POST', body: form })
      const whole = Buffer.from(await request.arrayBuffer())
      const type = request.headers.get('content-type') ?? ''
      const read = await readFormParts(inPieces(whole, size), type, { large: 'backup', file })
      expect(read.fields.get('last')).toBe('æøå')
      // As forms are sent: a line ends with both of its signs.
      expect(read.fields.get('key')).toBe(key.toWellFormed().replaceAll(/\r\n|\r|\n/g, '\r\n'))
      expect(read.file).toEqual(sent.length > 0 ? { bytes: sent.length } : null)
      if (sent.length > 0) expect(readFileSync(file).equals(Buffer.from(sent))).toBe(true)
      const cut = whole.subarray(0, whole.length - 8)
      await expect(readFormParts(inPieces(cut, size), type, { large: 'backup', file })).rejects.toThrow(FormDamaged)
    }),
    { numRuns: Number(process.env.RUNS ?? 60) },
  )
})

test('a field that is too long, or no form, is no form', async () => {
  const form = new FormData()
  form.set('key', 'k'.repeat(70_000))
  const request = new Request('http://x', { method: 'POST', body: form })
  const whole = Buffer.from(await request.arrayBuffer())
  const place = { large: 'backup', file: join(folder, 'none') }
  const type = request.headers.get('content-type') ?? ''
  await expect(readFormParts(inPieces(whole, 5000), type, place)).rejects.toThrow(FormDamaged)
  await expect(readFormParts(inPieces(whole, 5000), 'text/plain', place)).rejects.toThrow(FormDamaged)
})
