// The shell around every page: head, brand, language switch, the one heading, and the foot.
import type { Child } from 'hono/jsx'
import { languages as allLanguages, type Lang, languageNames } from '../i18n/catalogue.ts'
import { asset, fonts } from './assets.ts'
import { EndingNotice } from './ending.tsx'
import { ErrorSummary, type Problem } from './forms.tsx'
import { type Room, WhoseRoom } from './whose-room.tsx'
import { words } from './words.ts'

/** `phone`: one narrow column and the small stylesheet. `page`: everything else. `screen`: the hall. `sheet`: A4 to print. */
type PageKind = 'phone' | 'page' | 'screen' | 'sheet'

interface PageProps {
  lang: Lang
  /** The document's title, and the heading unless `heading` says it otherwise. */
  title: string
  kind: PageKind
  /** Whose room the page stands in, and who can see it: said on every page. */
  room: Room
  /** Where one is, in a few words over the heading: "Lyttemøde i Holmetofte · 14. marts". */
  eyebrow?: Child | undefined
  /** What stands in the h1 when it is not the title. `false`: the page brings its own h1. */
  heading?: Child | false | undefined
  /** One or two sentences under the heading. */
  lead?: Child | undefined
  /** The heading is a place's name: set it as large as the page allows. */
  large?: boolean | undefined
  /** What is to be mended: gives the summary over the heading and "Ret:" in the title. */
  problems?: readonly Problem[] | undefined
  /** This page's own address, to mark it in `nav`. */
  path?: string | undefined
  description?: string | undefined
  /** The address of this page in the other languages. */
  languages?: Partial<Record<Lang, string>> | undefined
  nav?: readonly { href: string; label: string }[] | undefined
  person?: { name: string; href: string } | undefined
  /** More for the head, such as a link to a feed. */
  head?: Child | undefined
  /** Islands by source path: `src/meetings/outbox.island.ts`. */
  scripts?: readonly string[] | undefined
  robots?: string | undefined
  children?: Child | undefined
}

/** The leaf of the brand as a picture of 200 bytes in the page itself, so that no phone asks for it. */
const icon =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'%3E%3Cpath fill='%23b43a1d' d='M4.5 9C2 7 .5 6 .5 4a4 4 0 0 1 8 0c0 2-1.500 3-4 5'/%3E%3C/svg%3E"

export function Page(p: PageProps) {
  const say = words(p.lang)
  const mending = (p.problems?.length ?? 0) > 0
  const title = mending ? say('page.toMend', { title: p.title }) : p.title
  const framed = p.kind === 'phone' || p.kind === 'page'
  return (
    <html lang={p.lang} class={p.kind}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>{`${title} · oplive`}</title>
        {p.description && <meta name="description" content={p.description} />}
        {p.robots && <meta name="robots" content={p.robots} />}
        <meta name="color-scheme" content={p.kind === 'screen' || p.kind === 'sheet' ? 'light' : 'light dark'} />
        <meta name="theme-color" content="#fbf6ec" media="(prefers-color-scheme:light)" />
        <meta name="theme-color" content="#1b1a17" media="(prefers-color-scheme:dark)" />
        <link rel="icon" href={icon} />
        {p.kind !== 'phone' && (
          <link rel="preload" as="font" type="font/woff2" crossorigin="" href={asset(fonts.text)} />
        )}
        <link rel="stylesheet" href={asset(p.kind === 'phone' ? 'src/ui/phone.css' : 'src/ui/oplive.css')} />
        {p.scripts?.map((path) => (
          <script type="module" src={asset(path)} />
        ))}
        {p.head}
      </head>
      <body>
        <a class="skip" href="#main">
          {say('page.skip')}
        </a>
        {framed && <Header {...p} />}
        <main id="main">
          {framed && <EndingNotice lang={p.lang} />}
          {p.problems && <ErrorSummary lang={p.lang} problems={p.problems} />}
          {p.heading !== false && (
            <Opening eyebrow={p.eyebrow} title={p.heading ?? p.title} lead={p.lead} large={p.large} />
          )}
          {p.children}
        </main>
        {framed ? (
          <Footer lang={p.lang} room={p.room} />
        ) : (
          <footer class="on-screen">
            <WhoseRoom lang={p.lang} room={p.room} />
          </footer>
        )}
      </body>
    </html>
  )
}

interface OpeningProps {
  eyebrow?: Child | undefined
  title: Child
  lead?: Child | undefined
  large?: boolean | undefined
  children?: Child | undefined
}

/** Where one is, the h1, and what to know first. A page with `heading={false}` sets it where it belongs. */
export function Opening({ eyebrow, title, lead, large, children }: OpeningProps) {
  return (
    <header class={large ? 'opening large' : 'opening'}>
      {eyebrow && <p class="eyebrow">{eyebrow}</p>}
      <h1>{title}</h1>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </header>
  )
}

function Header({ lang, languages, nav, person, path }: PageProps) {
  const say = words(lang)
  return (
    <header class="bar">
      <a class="brand" href="/" aria-label={say('page.home')}>
        oplive
      </a>
      {nav && (
        <nav class="places" aria-label={say('page.menu')}>
          {nav.map(({ href, label }) => (
            <a href={href} aria-current={href === path ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      )}
      {person && (
        <a class="person" href={person.href}>
          {person.name}
        </a>
      )}
      {languages && (
        <nav class="languages" aria-label={say('page.languages')}>
          {allLanguages.map((one) =>
            one === lang ? (
              <span lang={one} aria-current="true">
                {languageNames[one]}
              </span>
            ) : (
              languages[one] && (
                <a lang={one} hreflang={one} href={languages[one]}>
                  {languageNames[one]}
                </a>
              )
            ),
          )}
        </nav>
      )}
    </header>
  )
}

function Footer({ lang, room }: { lang: Lang; room: Room }) {
  const say = words(lang)
  return (
    <footer class="foot">
      <WhoseRoom lang={lang} room={room} />
      <nav aria-label={say('page.foot')}>
        <a href="/promise">{say('page.promise')}</a>
        <a href="/privacy">{say('page.privacy')}</a>
        <a href="/was">{say('page.was')}</a>
        <a href="/source">{say('page.source')}</a>
      </nav>
    </footer>
  )
}

/** The whole document as text. */
export function renderPage(node: unknown): string {
  if (node instanceof Promise) throw new Error('A page is made of what is already known: fetch before you render')
  return `<!doctype html>${String(node)}`
}
