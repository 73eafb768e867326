import { closeSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { namelessFile } from './nameless.ts'
import { takeUpload, type Uploaded } from './upload.ts'

/** Sends these bytes in pieces that end at these places. */
function inPieces(bytes: Uint8Array, ends: readonly number[]): ReadableStream<Uint8Array> {
  const cuts = [...new Set([0, ...ends.map((end) => end % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b)
  return new ReadableStream({
    start(to) {
      for (const [n, cut] of cuts.entries()) if (n > 0) to.enqueue(bytes.slice(cuts[n - 1], cut))
      to.close()
    },
  })
}

const sent = (body: ReadableStream<Uint8Array>, type: string) =>
  new Request('http://x/', { method: 'POST', body, headers: { 'content-type': type }, duplex: 'half' } as RequestInit)

async function taken(
  form: FormData,
  ends: readonly number[],
  { most = 100_000, change = (bytes: Uint8Array) => bytes } = {},
): Promise<{ result: Uploaded; bytes: Buffer }> {
  const whole = new Response(form)
  const type = whole.headers.get('content-type') ?? ''
  const bytes = change(new Uint8Array(await whole.arrayBuffer()))
  const to = namelessFile(tmpdir())
  try {
    const result = await takeUpload(sent(inPieces(bytes, ends), type), {
      file: 'file',
      to,
      headSize: 3,
      accepts: (head) => Buffer.from(head).toString() !== 'no!',
      most,
    })
    return { result, bytes: readFileSync(`/proc/self/fd/${to}`) }
  } finally {
    closeSync(to)
  }
}

const formOf = (content: Uint8Array, passphrase = 'vi bor ved vandet æøå') => {
  const form = new FormData()
  form.set('passphrase', passphrase)
  form.set('file', new File([content as Uint8Array<ArrayBuffer>], 'by.tar.age'))
  return form
}
const places = fc.array(fc.nat(100_000), { maxLength: 40 })

describe('a large file that somebody sends', () => {
  test('comes through byte for byte, wherever the network cuts it', async () => {
    const tricky = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 3000 }),
      fc
        .array(fc.constantFrom('\r\n', '--', '-----', 'a', '\r', '\n'), { minLength: 1, maxLength: 300 })
        .map((all) => new TextEncoder().encode(all.join(''))),
    )
    await fc.assert(
      fc.asyncProperty(tricky, places, async (content, ends) => {
        const { result, bytes } = await taken(formOf(content), ends)
        if (Buffer.from(content.slice(0, 3)).toString() === 'no!') return
        expect(result).toEqual({ fields: new Map([['passphrase', 'vi bor ved vandet æøå']]), size: content.length })
        expect(bytes.equals(Buffer.from(content))).toBe(true)
      }),
      { numRuns: Number(process.env.RUNS ?? 150) },
    )
  })

  test('that is cut off anywhere is not taken for a whole one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 0.99, noNaN: true }), async (share) => {
        const { result } = await taken(formOf(new Uint8Array(2000).fill(7)), [], {
          change: (all) => all.subarray(0, Math.min(Math.floor(all.length * share), all.length - 5)),
        })
        expect(result).toEqual({ fault: 'not-read' })
      }),
      { numRuns: 60 },
    )
  })

  test('is known by its first bytes: what is no bundle is not read on', async () => {
    const { result, bytes } = await taken(formOf(Buffer.from(`no!${'x'.repeat(5000)}`)), [600, 1200])
    expect(result).toEqual({ fault: 'no-bundle' })
    expect(bytes.length).toBeLessThan(1200)
    expect((await taken(formOf(Buffer.from('n')), [])).result).toMatchObject({ size: 1 })
  })

  test('that is too large, missing, or no form at all', async () => {
    expect((await taken(formOf(new Uint8Array(60_000)), [9000, 30_000], { most: 10_000 })).result).toEqual({
      fault: 'large',
    })
    expect((await taken(formOf(new Uint8Array(0)), [])).result).toEqual({ fault: 'missing' })
    const request = new Request('http://x/', { method: 'POST', body: 'a=b' })
    const taking = { file: 'file', to: -1, headSize: 3, accepts: () => true }
    expect(await takeUpload(request, taking)).toEqual({ fault: 'not-read' })
    const said = new Request('http://x/', { method: 'POST', headers: { 'content-length': '900000000' } })
    expect(await takeUpload(said, taking)).toEqual({ fault: 'large' })
  })

  test('a field that never ends fills no memory', async () => {
    expect((await taken(formOf(Buffer.from('abc'), 'x'.repeat(50_000)), [40_000])).result).toEqual({
      fault: 'not-read',
    })
  })
})
