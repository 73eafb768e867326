// A file that somebody sends: taken in up to a limit, few at once, and nothing of it is written to a disk.
import { refuse } from '../refusal.ts'
import { mostBytes } from './limits.ts'

/** Beside the file there are its name and a few words. */
const mostAround = 20_000
/** Each may weigh ten megabytes, and a hall waits for the same machine. */
const mostAtOnce = 2
let atOnce = 0

export type Upload = { bytes: Uint8Array } | { fault: 'missing' | 'large' | 'not-read' }

/**
 * The file of the field `file`. Whoever says at once how much it is, is refused before a byte is read; whoever does not, when the limit is
 * reached. Refuses `moving.many` when others are at it. `work` is done while the place is held.
 */
export async function withUpload<T>(request: Request, work: (upload: Upload) => Promise<T>): Promise<T> {
  if (atOnce >= mostAtOnce) refuse('moving.many')
  atOnce++
  try {
    return await work(await take(request))
  } finally {
    atOnce--
  }
}

async function take(request: Request): Promise<Upload> {
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes + mostAround) return { fault: 'large' }
  const body = await upTo(request.body, mostBytes + mostAround)
  if (body === null) return { fault: 'large' }
  try {
    const type = request.headers.get('content-type') ?? ''
    const form = await new Response(body, { headers: { 'content-type': type } }).formData()
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0) return { fault: 'missing' }
    return file.size > mostBytes ? { fault: 'large' } : { bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    // No form, or one that is cut.
    return { fault: 'not-read' }
  }
}

/** Null as soon as there is more; what comes after is not read. */
async function upTo(stream: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = []
  let size = 0
  const reader = stream?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await reader.cancel().catch(() => undefined)
      return null
    }
    parts.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
