// The shell of a page, read as the HTML a browser gets.
import { afterEach, describe, expect, test } from 'vitest'
import { asset, loadAssets } from './assets.ts'
import { Gallery, shows } from './gallery.page.tsx'
import { Page, renderPage } from './page.tsx'
import { doorstep, municipalRoom, ownRoom, type Room, roomOf, seers } from './whose-room.tsx'

const phone = renderPage(
  <Page
    room={doorstep}
    lang="da"
    kind="phone"
    title="Inden du går"
    eyebrow="Holmetofte"
    languages={{ en: '/m/K7WX4P?lang=en' }}
  >
    <p>Her</p>
  </Page>,
)

describe('a page', () => {
  test('begins with its doctype and says its language', () => {
    expect(phone).toMatch(/^<!doctype html><html lang="da" class="phone">/)
  })
  test('has one heading, and it is the title', () => {
    expect(phone.match(/<h1/g)).toHaveLength(1)
    expect(phone).toContain('<title>Inden du går · oplive</title>')
    expect(phone).toContain('<h1>Inden du går</h1>')
  })
  test('names the other language in that language', () => {
    expect(phone).toContain('<a lang="en" hreflang="en" href="/m/K7WX4P?lang=en">English</a>')
    expect(phone).toContain('<span lang="da" aria-current="true">Dansk</span>')
  })
  test('leads to what is promised, to accessibility and to the source', () => {
    for (const href of ['/promise', '/was', '/source']) expect(phone).toContain(`<a href="${href}">`)
  })
  test('the summary of errors stands over the heading, and the title says so', () => {
    const mending = renderPage(
      <Page
        room={doorstep}
        lang="da"
        kind="phone"
        title="Inden du går"
        problems={[{ field: 'inf', message: 'Vælg et svar' }]}
      />,
    )
    expect(mending.indexOf('class="summary"')).toBeLessThan(mending.indexOf('<h1>'))
    expect(mending).toContain('<title>Ret: Inden du går · oplive</title>')
  })
  test('one can jump past the menu', () => {
    const page = renderPage(
      <Page room={doorstep} lang="da" kind="page" title="Holmetofte" nav={[{ href: '/', label: 'Steder' }]} />,
    )
    expect(page).toContain('<a class="skip" href="#main">')
    expect(page).toContain('<main id="main">')
  })
  test('the menu marks where one is', () => {
    const nav = [
      { href: '/a', label: 'A' },
      { href: '/b', label: 'B' },
    ]
    expect(renderPage(<Page room={doorstep} lang="da" kind="page" title="B" path="/b" nav={nav} />)).toContain(
      '<a href="/b" aria-current="page">B</a>',
    )
  })
})

test('a phone page asks for nothing but its one style', () => {
  expect(phone.match(/<link rel="(stylesheet|preload)"[^>]*>/g)).toEqual([
    '<link rel="stylesheet" href="/a/src/ui/phone.css"/>',
  ])
  expect(phone).not.toContain('<script')
})

test('a place with markup in its name cannot break out of the page', () => {
  expect(renderPage(<Page room={doorstep} lang="da" kind="page" title="<script>alert(1)</script>" />)).not.toContain(
    '<script>',
  )
})

describe('every part, in every language', () => {
  test.each(['da', 'en'] as const)('nothing in the page is styled or scripted inline (%s)', (lang) => {
    expect(renderPage(<Gallery lang={lang} />)).not.toMatch(/ style=| on[a-z]+="|<style|<script/)
  })
  test.each(shows)('each id stands once, and there is one heading (%s)', (show) => {
    const page = renderPage(<Gallery lang="da" show={show} />)
    expect(page.match(/<h1/g)).toHaveLength(1)
    const ids = Array.from(page.matchAll(/ id="([^"]+)"/g), (m) => m[1])
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })
})

describe('the address of a file', () => {
  afterEach(() => loadAssets(undefined))
  test('is the one the build gave it', () => {
    loadAssets({ 'src/ui/phone.css': { file: 'phone-1a2b.css' } })
    expect(asset('src/ui/phone.css')).toBe('/a/phone-1a2b.css')
  })
  test('a file the build did not make is a fault, not an empty page', () => {
    loadAssets({})
    expect(() => asset('src/ui/phone.css')).toThrow('The build made no file of src/ui/phone.css')
  })
})

describe('whose room it is', () => {
  const line = (page: string) =>
    /<p class="whose[^>]*>(.*?)<\/p>/
      .exec(page)?.[1]
      ?.replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
  const inRoom = (room: Room, kind: 'phone' | 'sheet' | 'screen' = 'phone') =>
    line(renderPage(<Page room={room} lang="da" kind={kind} title="Nøglen" />))

  test('the municipality has the responsibility for a time, until an association has it', () => {
    expect(inRoom(roomOf({ name: 'Holmetofte', slug: 'holmetofte', keeper: null }, 'hosts'))).toBe(
      'Byens rum i Holmetofte. Kommunen har ansvaret for en tid. Kun værter og nøglebærere kan se siden. Om rummet',
    )
    expect(inRoom(roomOf({ name: 'Tornehuse', slug: 'tornehuse', keeper: 'Borgerforeningen' }, 'all'))).toBe(
      'Byens rum i Tornehuse. Borgerforeningen har ansvaret. Alle kan se siden. Om rummet',
    )
  })
  test('the municipality’s room, one’s own, and what lies outside the rooms are told apart', () => {
    expect(inRoom(municipalRoom())).toBe('Kommunens rum. Kun kommunens medarbejdere kan se siden. De tre rum')
    expect(inRoom(ownRoom)).toBe('Dit eget. Kun du kan se siden. De tre rum')
    expect(inRoom(doorstep)).toBe('Her er du uden for rummene. Alle kan se siden. De tre rum')
  })
  test('a sheet and the wall say it too', () => {
    for (const kind of ['sheet', 'screen'] as const) expect(inRoom(doorstep, kind)).toContain('Alle kan se siden.')
  })
  test.each(seers)('who can see it is said in both languages: %s', (seen) => {
    for (const lang of ['da', 'en'] as const) {
      const page = renderPage(
        <Page room={roomOf({ name: 'X', slug: 'x', keeper: null }, seen)} lang={lang} kind="page" title="T" />,
      )
      expect(line(page)).not.toContain('room.')
    }
  })
})
