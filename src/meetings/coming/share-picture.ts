// The picture beside a link that is pasted elsewhere: the leaf of the brand on its paper, drawn as a PNG of two colours.
import { crc32, deflateSync } from 'node:zlib'

export const pictureWidth = 1200
export const pictureHeight = 630
export const picturePath = '/share.png'

type Point = readonly [x: number, y: number]

/** The leaf as the page's icon has it, on a field of 9 by 9: four curves, one after the other. */
const curves: readonly (readonly [Point, Point, Point, Point])[] = [
  [
    [4.5, 9],
    [2, 7],
    [0.5, 6],
    [0.5, 4],
  ],
  [
    [0.5, 4],
    [0.5, 1.791],
    [2.291, 0],
    [4.5, 0],
  ],
  [
    [4.5, 0],
    [6.709, 0],
    [8.5, 1.791],
    [8.5, 4],
  ],
  [
    [8.5, 4],
    [8.5, 6],
    [7, 7],
    [4.5, 9],
  ],
]
const paper: readonly number[] = [0xfb, 0xf6, 0xec]
const ember: readonly number[] = [0xb4, 0x3a, 0x1d]
/** Shades between paper and ember, so that the edge is smooth. */
const shades = 16
const leafSize = 400

/** The outline as points. */
const outline: Point[] = curves.flatMap(([a, b, c, d]) =>
  Array.from({ length: 40 }, (_, step) => {
    const t = step / 40
    const u = 1 - t
    const at = (i: 0 | 1) => u ** 3 * a[i] + 3 * u * u * t * b[i] + 3 * u * t * t * c[i] + t ** 3 * d[i]
    return [at(0), at(1)] as const
  }),
)

/** Where a line across the leaf at this height goes in and out. */
function crossings(y: number): number[] {
  const found: number[] = []
  outline.forEach(([x1, y1], index) => {
    const [x2, y2] = outline[(index + 1) % outline.length] ?? [x1, y1]
    if (y1 <= y !== y2 <= y) found.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1))
  })
  return found.sort((a, b) => a - b)
}

/** One byte for each point: its shade. A row begins with a zero, as PNG wants it. */
function rows(): Buffer {
  const lines = Buffer.alloc(pictureHeight * (pictureWidth + 1))
  const [left, top] = [(pictureWidth - leafSize) / 2, (pictureHeight - leafSize) / 2]
  const fine = 4
  for (let row = 0; row < pictureHeight; row++) {
    const cover = new Float64Array(pictureWidth)
    for (let part = 0; part < fine; part++) {
      const [from, to] = crossings(((row + (part + 0.5) / fine - top) / leafSize) * 9)
      if (from === undefined || to === undefined) continue
      const [first, last] = [left + (from / 9) * leafSize, left + (to / 9) * leafSize]
      for (let x = Math.floor(first); x <= last; x++)
        cover[x] = (cover[x] ?? 0) + Math.max(0, Math.min(x + 1, last) - Math.max(x, first)) / fine
    }
    cover.forEach((share, x) => {
      lines[row * (pictureWidth + 1) + 1 + x] = Math.round(share * (shades - 1))
    })
  }
  return lines
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

let drawn: Buffer | undefined

/** Drawn once. */
export function sharePicture(): Buffer {
  if (drawn) return drawn
  const head = Buffer.alloc(13)
  head.writeUInt32BE(pictureWidth, 0)
  head.writeUInt32BE(pictureHeight, 4)
  // Eight bits a point, which are places in a palette.
  head.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(
    Array.from({ length: shades }, (_, shade) =>
      paper.map((from, i) => Math.round(from + (((ember[i] ?? 0) - from) * shade) / (shades - 1))),
    ).flat(),
  )
  drawn = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(rows(), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return drawn
}
