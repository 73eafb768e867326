// A large file that somebody sends in a form: read piece by piece onto the disk, so that its size is no matter to the memory.
import { writeSync } from 'node:fs'

/** Two hundred megabytes: a community of twenty thousand people has twenty-six. */
export const mostBytes = 200_000_000
/** Beside the file there are a passphrase and the marks between the fields. */
const mostAround = 20_000

export type UploadFault = 'missing' | 'large' | 'not-read' | 'no-bundle'
export type Uploaded = { fields: Map<string, string>; size: number } | { fault: UploadFault }

interface Taking {
  /** The field that is the file. */
  file: string
  /** An open file; what is sent is written from its beginning. */
  to: number
  /** Looks at the first bytes: false, and nothing more is read. */
  accepts(head: Uint8Array): boolean
  /** So many bytes are enough for `accepts`. */
  headSize: number
  most?: number
}

const lineEnd = Buffer.from('\r\n')
const twoLineEnds = Buffer.from('\r\n\r\n')

/** Takes the form in. Whoever says at once that it is too much is refused before a byte is read; whoever does not, when the limit is reached. */
export async function takeUpload(request: Request, taking: Taking): Promise<Uploaded> {
  const most = (taking.most ?? mostBytes) + mostAround
  if (Number(request.headers.get('content-length') ?? 0) > most) return { fault: 'large' }
  const type = request.headers.get('content-type') ?? ''
  const [, quoted, bare] = /^multipart\/form-data;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type) ?? []
  const boundary = quoted ?? bare
  const reader = request.body?.getReader()
  if (!boundary || !reader) return { fault: 'not-read' }
  const parts = partsOf(Buffer.from(`\r\n--${boundary}`), taking)
  let size = 0
  for (;;) {
    const { value } = await reader.read().catch(() => ({ value: undefined }))
    if (!value) return parts.end()
    size += value.length
    const fault = size > most ? 'large' : parts.take(value)
    if (fault) {
      await reader.cancel().catch(() => undefined)
      return { fault }
    }
  }
}

/** Where in the form we are: between two parts, in the lines over one, in one, or behind the last. */
type Place = 'between' | 'over' | 'in' | 'behind'

function partsOf(mark: Buffer, { file, to, accepts, headSize }: Taking) {
  const fields = new Map<string, string>()
  // The first mark stands without a line end before it.
  let rest: Buffer = Buffer.from(lineEnd)
  let place: Place = 'in'
  let name: string | null = null
  let text: Buffer[] = []
  let textSize = 0
  let size = 0
  let looked = false
  let head: Buffer = Buffer.alloc(0)

  const look = (): UploadFault | null => {
    looked = true
    return accepts(head) ? null : 'no-bundle'
  }
  const write = (bytes: Buffer): UploadFault | null => {
    if (name === null) return null
    if (name !== file) {
      textSize += bytes.length
      if (textSize > mostAround) return 'not-read'
      text.push(Buffer.from(bytes))
      return null
    }
    if (!looked) {
      head = Buffer.concat([head, bytes.subarray(0, headSize - head.length)])
      const fault = head.length >= headSize ? look() : null
      if (fault) return fault
    }
    for (let done = 0; done < bytes.length; ) done += writeSync(to, bytes, done, bytes.length - done, size + done)
    size += bytes.length
    return null
  }
  const endPart = () => {
    if (name !== null && name !== file) fields.set(name, Buffer.concat(text).toString('utf8'))
    name = null
    text = []
    textSize = 0
  }

  /** One step with what there is; false when more has to come first. */
  const step = (): boolean | UploadFault => {
    if (place === 'in') {
      const at = rest.indexOf(mark)
      const upTo = at >= 0 ? at : Math.max(0, rest.length - mark.length + 1)
      const fault = write(rest.subarray(0, upTo))
      if (fault) return fault
      rest = rest.subarray(at >= 0 ? at + mark.length : upTo)
      if (at < 0) return false
      endPart()
      place = 'between'
      return true
    }
    if (place === 'between') {
      if (rest.length < 2) return false
      if (rest.subarray(0, 2).toString('latin1') === '--') place = 'behind'
      else if (rest.subarray(0, 2).equals(lineEnd)) place = 'over'
      else return 'not-read'
      return true
    }
    if (place === 'behind') {
      rest = Buffer.alloc(0)
      return false
    }
    const at = rest.indexOf(twoLineEnds)
    if (at < 0) return rest.length > 4096 ? 'not-read' : false
    const lines = rest.subarray(0, at).toString('utf8')
    name = /\r\ncontent-disposition:[^\r\n]*;\s*name="([^"\r\n]{1,60})"/i.exec(lines)?.[1] ?? null
    // A second file of the same name has no place.
    if (name === file && size > 0) return 'not-read'
    // An empty part ends with the mark at once, whose line end is the last one here.
    rest = rest.subarray(at + twoLineEnds.length)
    place = 'in'
    return true
  }

  return {
    take(bytes: Uint8Array): UploadFault | null {
      rest = rest.length > 0 ? Buffer.concat([rest, bytes]) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
      for (;;) {
        const done = step()
        if (typeof done === 'string') return done
        if (!done) return null
      }
    },
    end(): Uploaded {
      if (place !== 'behind') return { fault: 'not-read' }
      if (size === 0) return { fault: 'missing' }
      const fault = looked ? null : look()
      return fault ? { fault } : { fields, size }
    },
  }
}
