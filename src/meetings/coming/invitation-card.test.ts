import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { MeetingHere } from '../meetings.queries.ts'
import { newCard, newKey, readInvited } from './coming.ts'
import { invitationCards } from './invitation-card.page.tsx'

beforeAll(() => {
  const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'))
  prepareZXingModule({
    overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer },
  })
})

const meeting: MeetingHere = {
  id: '018f2b1c-0000-7000-8000-000000000001',
  communityId: '018f2b1c-0000-7000-8000-000000000002',
  code: 'ABC234',
  kind: 'listening',
  purpose: 'Hvem tør have nøglen?',
  place: 'Hallen <nord> & "syd"',
  hostName: 'Freja',
  startsAt: new Date('2027-03-18T18:00:00Z'),
  attended: null,
  life: { phase: 'planned' },
  community: {
    id: 'x',
    slug: 'holmetofte',
    name: 'Holmetofte',
    timeZone: 'Europe/Copenhagen',
    residents: 538,
    keeper: null,
  },
}
const secret = newKey()
const sheet = (lang: 'da' | 'en' = 'da', origin = 'https://oplive.midtsoe-kommune.dk') =>
  invitationCards({
    lang,
    origin,
    now: new Date('2027-03-01T09:00:00Z'),
    secret,
    cards: Array.from({ length: 4 }, () => `${secret}.${newCard()}`),
    inviter: 'Freja',
    meeting,
  })

/** The code as a camera gets it: some points for each module, and each point blurred with those round it. */
async function read(svg: string): Promise<string[]> {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const [point, width] = [6, size * 6]
  const dark = new Uint8Array(width * width)
  for (const [, x, y, run] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    for (let row = 0; row < point; row++) {
      const from = (Number(y) * point + row) * width + Number(x) * point
      dark.fill(1, from, from + Number(run) * point)
    }
  const data = new Uint8ClampedArray(width * width * 4)
  const reach = 3
  for (let y = 0; y < width; y++)
    for (let x = 0; x < width; x++) {
      let [sum, of] = [0, 0]
      for (let dy = -reach; dy <= reach; dy++)
        for (let dx = -reach; dx <= reach; dx++) {
          const [at, line] = [x + dx, y + dy]
          if (at < 0 || line < 0 || at >= width || line >= width) continue
          sum += dark[line * width + at] ?? 0
          of++
        }
      data.set([255 - (225 * sum) / of, 255 - (225 * sum) / of, 255 - (225 * sum) / of, 255], (y * width + x) * 4)
    }
  const picture = { data, width, height: width, colorSpace: 'srgb' } as ImageData
  return (await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true })).map(({ text }) => text)
}

test('each of the four cards has an address of its own, which a camera reads when it is not quite sharp', async () => {
  const codes = [...sheet().matchAll(/<svg class="qr"[\s\S]*?<\/svg>/g)].map(([svg]) => svg)
  expect(codes).toHaveLength(4)
  const found = (await Promise.all(codes.map(read))).flat()
  expect(new Set(found).size).toBe(4)
  for (const address of found) {
    expect(address.startsWith('https://oplive.midtsoe-kommune.dk/i/')).toBe(true)
    expect(readInvited(address.split('/').at(-1) ?? '')).toEqual({ secret, card: expect.any(String) })
  }
})

test('a card says who asks, when and where, and both ways in: the line to tap, and the code to type', () => {
  const page = sheet()
  expect(page.match(/class="paper-card neighbour-card"/g)).toHaveLength(4)
  for (const said of [
    'Freja vil gerne have dig med',
    'Torsdag 18. marts kl. 19',
    'Tryk på den gule linje',
    '>ABC<',
    '>234<',
  ])
    expect(page.split(said).length - 1, said).toBeGreaterThanOrEqual(4)
  expect(page).toContain('Hallen &lt;nord&gt; &amp; &quot;syd&quot;')
  expect(page.match(/class="yellow-line"/g)).toHaveLength(4)
  expect(sheet('en')).toContain('Freja would like you to come')
})
