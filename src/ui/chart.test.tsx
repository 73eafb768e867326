// What the drawings show and say.
import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { Share, ShareBand, TalkBar } from './chart.tsx'
import { Notice, Waiting } from './notices.tsx'
import { Table } from './parts.tsx'
import { Qr } from './qr.tsx'

const html = (node: unknown) => String(node)
const textOf = (markup: string) =>
  markup
    .replace(/<title>.*?<\/title>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

test('the band lies where its numbers say, and the share is a mark in it', () => {
  const band = html(<ShareBand lang="da" percent={80} low={67} high={89} />)
  expect(band).toMatch(/class="band-range" x="67%"[^>]* width="22%"/)
  expect(band).toMatch(/class="band-mark" x1="80%" x2="80%"/)
})

test('the band is said in words for whoever does not see it', () => {
  expect(html(<ShareBand lang="da" percent={80} low={67} high={89} />)).toContain(
    'aria-label="80 ud af 100. Usikkerheden går fra 67 til 89."',
  )
  expect(html(<ShareBand lang="en" low={43} high={90} />)).toContain(
    'aria-label="At least 43 and at most 90 out of 100."',
  )
})

test('without a share of its own, the bounds have no mark', () => {
  expect(html(<ShareBand lang="da" low={43} high={90} />)).not.toContain('band-mark')
})

test('a band never leaves its track', () => {
  expect(html(<ShareBand lang="da" percent={104} low={-3} high={120} />)).toMatch(
    /x="0%"[^>]* width="100%"[\s\S]*x1="100%"/,
  )
})

test('«80 %» never stands without «40 af 50» and its band', () => {
  const share = (
    <Share lang="da" figure="80 %" sentence="40 af 50 havde medindflydelse" band={{ percent: 80, low: 67, high: 89 }} />
  )
  expect(textOf(html(share))).toBe('80 % 40 af 50 havde medindflydelse mellem 67 og 89 ud af 100')
})

test('a count in words stands alone, without figure or band', () => {
  const share = html(<Share lang="da" sentence="Seks af otte fik mod" />)
  expect(textOf(share)).toBe('Seks af otte fik mod')
  expect(share).not.toContain('<svg')
})

test('who filled the room is said in words and minutes, not by colour alone', () => {
  const talk = html(<TalkBar lang="da" residents={74} municipality={16} />)
  expect(textOf(talk)).toBe('beboere 74 min. kommunen 16 min.')
  expect(talk).toContain('Beboerne talte i 74 minutter, kommunen i 16.')
})

test('a meeting where nobody spoke draws nothing', () => {
  expect(html(<TalkBar lang="da" residents={0} municipality={0} />)).not.toContain('NaN')
})

test('the QR code has every dark module, a quiet zone of four, and says where it leads', () => {
  const svg = html(<Qr lang="da" text="https://oplive.dk/m/K7WX4P" />)
  const { data, size } = encode('https://oplive.dk/m/K7WX4P', { ecc: 'M', border: 4 })
  const dark = Array.from(
    svg.matchAll(/M(\d+) (\d+)h(\d+)v1/g),
    ([, x, y, w]) => [Number(x), Number(y), Number(w)] as const,
  )
  const drawn = dark.reduce((sum, [, , w]) => sum + w, 0)
  expect(drawn).toBe(data.flat().filter(Boolean).length)
  for (const [x, y, w] of dark) expect(x >= 4 && y >= 4 && x + w <= size - 4 && y < size - 4).toBe(true)
  expect(svg).toContain('<title>QR-kode, der åbner oplive.dk/m/K7WX4P</title>')
})

test('waiting answers are counted, and none says nothing', () => {
  expect(textOf(html(<Waiting lang="da" count={1} />))).toContain('1 svar venter på net')
  expect(textOf(html(<Waiting lang="da" count={2} />))).toContain('2 svar venter på net Åbn siden igen')
  expect(html(<Waiting lang="da" count={0} />)).toBe('')
})

test('a notice without a title says its kind', () => {
  expect(
    textOf(
      html(
        <Notice lang="da" kind="warn">
          Mødet lukker
        </Notice>,
      ),
    ),
  ).toBe('Pas på Mødet lukker')
})

test('a table stays a table when it is laid out as a list', () => {
  const table = html(<Table caption="Svar" columns={['Svar', 'Antal']} rows={[['Enig', '22']]} numbers={[1]} />)
  for (const role of ['table', 'row', 'columnheader', 'rowheader', 'cell']) expect(table).toContain(`role="${role}"`)
  expect(table).toContain('data-column="Antal"')
})
