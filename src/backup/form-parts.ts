// A posted form with a file that may be as large as a disk: read part by part, the file straight to its place, never whole in memory.
import { closeSync, openSync, writeSync } from 'node:fs'

/** Written fields are kept; the one file that may be large lies at `file`, when it had a byte. */
export interface FormParts {
  fields: Map<string, string>
  file: { bytes: number } | null
}

export class FormDamaged extends Error {}

const longestField = 65_536
const longestHead = 8_192

/** `large` is the field whose bytes go to `file`. Throws FormDamaged, and what the file system throws. */
export async function readFormParts(
  body: AsyncIterable<Uint8Array>,
  contentType: string,
  { large, file }: { large: string; file: string },
): Promise<FormParts> {
  const boundary = /^multipart\/form-data;.*boundary="?([^";,]{1,70})"?/i.exec(contentType)?.[1]
  if (!boundary) throw new FormDamaged('no form with parts')
  const line = Buffer.from(`\r\n--${boundary}`)
  const out: FormParts = { fields: new Map(), file: null }
  // The first line of the form has no line before it.
  let left: Buffer = Buffer.from('\r\n')
  let name: string | null = null
  let field: Buffer[] = []
  let size = 0
  let state: 'before' | 'head' | 'part' | 'end' = 'before'
  let handle: number | null = null
  const take = (bytes: Buffer) => {
    if (name === null || bytes.length === 0) return
    size += bytes.length
    if (name === large) {
      handle ??= openSync(file, 'w', 0o600)
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    } else if (size > longestField) throw new FormDamaged('a field is too long')
    else field.push(Buffer.from(bytes))
  }
  const ended = () => {
    if (name === large) {
      if (size > 0) out.file = { bytes: size }
    } else if (name !== null && !out.fields.get(name)) out.fields.set(name, Buffer.concat(field).toString('utf8'))
    name = null
    field = []
    size = 0
  }
  try {
    for await (const more of body) {
      left = Buffer.concat([left, more])
      for (;;) {
        if (state === 'head') {
          const end = left.indexOf('\r\n\r\n')
          if (left.subarray(0, 2).toString() === '--') state = 'end'
          else if (end < 0) {
            if (left.length > longestHead) throw new FormDamaged('the head of a part is too long')
            break
          } else {
            name = /[;\s]name="([^"]{1,100})"/i.exec(left.toString('utf8', 0, end))?.[1] ?? null
            left = left.subarray(end + 4)
            state = 'part'
          }
        }
        if (state === 'end') {
          left = Buffer.alloc(0)
          break
        }
        const at = left.indexOf(line)
        if (at < 0) {
          const sure = Math.max(0, left.length - line.length + 1)
          if (state === 'part') take(left.subarray(0, sure))
          left = left.subarray(sure)
          break
        }
        if (state === 'part') take(left.subarray(0, at))
        ended()
        left = left.subarray(at + line.length)
        state = 'head'
        if (left.length < 2) break
      }
    }
  } finally {
    if (handle !== null) closeSync(handle)
  }
  if (state !== 'end' && !(state === 'head' && left.toString().startsWith('--')))
    throw new FormDamaged('the form ends before its end')
  return out
}
