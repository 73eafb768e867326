// What hangs on the door: every size is one sheet, and its code is found again after blur, a turn, slant and distance, as a phone sees it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { inflateSync } from 'node:zlib'
import { beforeAll, describe, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { journey, lookOver } from './browser.ts'
import { planMeeting } from './meeting-to-open.ts'

const { somebody, signedIn, origin } = journey()

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
  })
})

// --- A picture as numbers

/** Grey, one byte a pixel. */
interface Grey {
  width: number
  height: number
  at: Uint8Array
}

/** A picture of the browser (8 bits, RGB or RGBA, not interlaced) as grey pixels. */
function greyOf(png: Buffer): Grey {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)]
  const bytes = png[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)))
  const raw = inflateSync(Buffer.concat(parts))
  const row = width * bytes
  const grey = new Uint8Array(width * height)
  let above = new Uint8Array(row)
  for (let y = 0; y < height; y += 1) {
    const from = y * (row + 1)
    const here = unfiltered(raw[from] ?? 0, raw.subarray(from + 1, from + 1 + row), above, bytes)
    for (let x = 0; x < width; x += 1) {
      const [r = 0, g = 0, b = 0] = here.subarray(x * bytes, x * bytes + 3)
      grey[y * width + x] = Math.round(0.3 * r + 0.59 * g + 0.11 * b)
    }
    above = here
  }
  return { width, height, at: grey }
}

/** One line of a PNG: each byte was written as its difference from the one left of it, above it, or both. */
function unfiltered(filter: number, line: Uint8Array, above: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const here = new Uint8Array(line.length)
  for (let i = 0; i < line.length; i += 1) {
    const [left, up, corner] = [here[i - bytes] ?? 0, above[i] ?? 0, i < bytes ? 0 : (above[i - bytes] ?? 0)]
    const guess = [0, left, up, (left + up) >> 1, nearest(left, up, corner)][filter] ?? 0
    here[i] = (line[i] ?? 0) + guess
  }
  return here
}

function nearest(left: number, up: number, corner: number): number {
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

/** The mean of the pixels around each: a hand that shakes, a lens out of focus. */
function blurred({ width, height, at }: Grey, radius: number): Grey {
  const along = (from: Uint8Array, step: number, length: number, lines: number, next: number) => {
    const to = new Uint8Array(from.length)
    for (let line = 0; line < lines; line += 1)
      for (let i = 0; i < length; i += 1) {
        let sum = 0
        let n = 0
        for (let j = Math.max(0, i - radius); j <= Math.min(length - 1, i + radius); j += 1) {
          sum += from[line * next + j * step] ?? 0
          n += 1
        }
        to[line * next + i * step] = Math.round(sum / n)
      }
    return to
  }
  const rows = along(at, 1, width, height, width)
  return { width, height, at: along(rows, width, height, width, 1) }
}

/** Seen from the side and turned, on a grey wall, with less light and less black than on paper. */
function seen(picture: Grey, side: number, degrees: number, slant: number): Grey {
  const at = new Uint8Array(side * side)
  const turn = (degrees * Math.PI) / 180
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [u, v] = [(x / side - 0.5) * 1.5, (y / side - 0.5) * 1.5]
      const [p, q] = [u * Math.cos(turn) + v * Math.sin(turn), v * Math.cos(turn) - u * Math.sin(turn)]
      // Further away to the right: what stands there is smaller.
      const near = 1 + slant * p
      const grey = between(picture, (p / near + 0.5) * picture.width, (q / near + 0.5) * picture.height)
      at[y * side + x] = grey === null ? 150 : 40 + grey * 0.7
    }
  return { width: side, height: side, at }
}

function between({ width, height, at }: Grey, x: number, y: number): number | null {
  const [left, top] = [Math.floor(x), Math.floor(y)]
  if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) return null
  const [dx, dy] = [x - left, y - top]
  const pixel = (i: number, j: number) => at[(top + j) * width + left + i] ?? 0
  return (pixel(0, 0) * (1 - dx) + pixel(1, 0) * dx) * (1 - dy) + (pixel(0, 1) * (1 - dx) + pixel(1, 1) * dx) * dy
}

async function readIn({ width, height, at }: Grey): Promise<string[]> {
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [place, grey] of at.entries()) data.fill(grey, place * 4, place * 4 + 3)
  const found = await readBarcodes({ data, width, height } as ImageData, { formats: ['QRCode'], tryHarder: true })
  return found.map(({ text }) => text)
}

// --- The sheets

/** Millimetres on paper: the sheet, and from how far away the page says that its code is read. */
const sizes = {
  a3: { sheet: [297, 420], distance: 1500 },
  a4: { sheet: [210, 297], distance: 1000 },
  a5: { sheet: [148, 210], distance: 700 },
  eight: { sheet: [210, 297], distance: 350 },
} as const
type Size = keyof typeof sizes
const px = 96 / 25.4

const long =
  'Hvordan får vi en by, hvor nogen mærker det, når du ikke kommer, og hvor der er lys i hallen hver eneste aften, uden at det altid er de samme seks, der rydder stolene væk bagefter og låser døren helt?'

/** The page as it lies on the paper: laid out for print, as wide as what the printer can reach. */
async function onPaper(path: string, size: Size) {
  const [width, height] = sizes[size].sheet
  const edge = { a3: 17, a4: 14, a5: 9, eight: 0 }[size]
  const me = await somebody({
    viewport: { width: Math.round((width - 2 * edge) * px), height: Math.round(height * px) },
    deviceScaleFactor: 2,
  })
  await me.page.emulateMedia({ media: 'print' })
  await me.page.goto(`${path}/poster?size=${size}`)
  return me
}

describe('the poster and the door cards', () => {
  let plain: string
  let crowded: string
  beforeAll(async () => {
    const freja = await signedIn('Freja')
    plain = await planMeeting(freja, 'Plakaten ved døren')
    crowded = await planMeeting(freja, long)
    const { page } = freja
    await page.goto(`/m/${crowded}/plan`)
    await page
      .getByLabel('Hvor mødes I?')
      .fill('Forsamlingshuset, indgangen bag den gamle skole ved parkeringspladsen, '.repeat(2).slice(0, 120))
    await page
      .getByLabel('Hvem er vært?')
      .fill('Freja, Poul, Karsten, Else, Oksana, Mohammed, Kirsten, Søren, '.repeat(2).slice(0, 120))
    await page.getByRole('button', { name: 'Gem det' }).click()
    await page.waitForURL('**/lead')
  })

  test.each(Object.keys(sizes) as Size[])(
    '%s is one sheet of its size, in one language and in two, also when much is to be said',
    async (size) => {
      const { page } = await somebody({ viewport: { width: 1280, height: 900 } })
      for (const code of [plain, crowded])
        for (const language of ['da', 'en', 'both']) {
          await page.goto(`/m/${code}/poster?size=${size}&in=${language}`)
          const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
          expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1)
          const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf) ?? []
          const paper = [width, height].map((points) => Math.round((Number(points) / 72) * 25.4))
          expect(paper).toEqual([...sizes[size].sheet])
          await page.emulateMedia({ media: 'print' })
          const cut = await page
            .locator('.door-card, .poster')
            .evaluateAll((all) => all.filter((one) => one.scrollHeight > one.clientHeight + 1).length)
          expect(`${size} ${language}: ${cut} cut off`).toBe(`${size} ${language}: 0 cut off`)
          await page.emulateMedia({ media: null })
        }
    },
  )

  test.each(Object.keys(sizes) as Size[])(
    'the code of %s is a tenth of the distance it is read from, and is read from there',
    async (size) => {
      const { page } = await onPaper(`/m/${plain}`, size)
      const code = page.locator('svg.qr').first()
      const { modules, width } = await code.evaluate((svg: SVGSVGElement) => ({
        modules: svg.viewBox.baseVal.width,
        width: svg.getBoundingClientRect().width,
      }))
      // Four modules of white at each side.
      const side = ((width / px) * (modules - 8)) / modules
      expect(side).toBeGreaterThanOrEqual(sizes[size].distance / 10)
      const picture = greyOf(await code.screenshot())
      // At ten times its own side, a phone of 12 megapixels has 300 pixels for it and more; here it has 240, blurred.
      for (const [degrees, slant, radius] of [
        [0, 0, 1],
        [7, 0.15, 1],
        [-11, -0.25, 1],
        [45, 0.1, 1],
        [170, 0.2, 1],
      ] as const)
        expect(await readIn(blurred(seen(picture, 240, degrees, slant), radius))).toEqual([`${origin}/m/${plain}`])
      // A cheap printer and a worn poster: a corner is gone.
      const torn = { ...picture, at: picture.at.slice() }
      for (let y = Math.round(picture.height * 0.76); y < picture.height; y += 1)
        torn.at.fill(255, y * picture.width + Math.round(picture.width * 0.76), (y + 1) * picture.width)
      expect(await readIn(blurred(seen(torn, 320, 5, 0.1), 1))).toEqual([`${origin}/m/${plain}`])
    },
  )

  test('what cannot be read is not read: the test itself can fail', async () => {
    const { page } = await onPaper(`/m/${plain}`, 'a5')
    const picture = greyOf(await page.locator('svg.qr').screenshot())
    expect(await readIn(blurred(seen(picture, 60, 7, 0), 3))).toEqual([])
  })

  test('a guest finds every size and language, and a phone that has seen the code comes to the meeting', async () => {
    const { page } = await somebody()
    await page.goto(`/m/${plain}/poster`)
    for (const link of ['A3: læses fra halvanden meter', 'Dansk og engelsk', 'Otte små på et ark: læses fra 35 cm'])
      await page.getByRole('link', { name: link }).click()
    expect(page.url()).toContain('size=eight&in=both')
    await page.locator('.door-card').nth(7).waitFor()
    const cards = await page.locator('.door-card').evaluateAll((all) => all.map((card) => card.outerHTML))
    expect(cards).toHaveLength(8)
    expect(new Set(cards).size).toBe(1)
    for (const [width, size] of [
      [320, 'a4'],
      [320, 'eight'],
      [1280, 'a3'],
      [1280, 'eight'],
    ] as const) {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(`/m/${crowded}/poster?size=${size}&in=both`)
      await lookOver(page)
    }
  })

  test('a meeting that was moved after the poster was printed is found by the old code', async () => {
    const freja = await signedIn('Freja')
    const code = await planMeeting(freja, 'Flyttet til skolen')
    const { page: door } = await somebody()
    await door.goto(`/m/${code}/poster`)
    const [printed] = await readIn(greyOf(await door.locator('svg.qr').screenshot()))
    const { page } = freja
    await page.goto(`/m/${code}/plan`)
    await page.getByLabel('Hvor mødes I?').fill('Den gamle skole')
    await page.getByRole('button', { name: 'Gem det' }).click()
    await page.waitForURL('**/lead')
    const guest = await somebody()
    expect((await guest.page.goto(printed ?? ''))?.status()).toBe(200)
    expect(await guest.page.locator('body').innerText()).toContain('Den gamle skole')
  })
})
