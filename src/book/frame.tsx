// What stands around every page of Min bog: whose room it is, and the way back to the first page of it.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import type { Problem } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { words } from './words.ts'

export type Visiting = Pick<Visit, 'lang' | 'person' | 'origin'>

interface BookPageProps {
  visit: Visiting
  title: string
  lead?: Child | undefined
  problems?: readonly Problem[] | undefined
  /** The page's own address, where it can be asked for again in the other language. */
  path?: string | undefined
  scripts?: readonly string[] | undefined
  /** The first page needs no way back to itself. */
  first?: boolean | undefined
  children?: Child | undefined
}

export function bookPage({ visit, path, first, children, ...p }: BookPageProps): string {
  const { lang, person } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...p}
      lang={lang}
      room={ownRoom}
      kind="page"
      eyebrow={first ? say('eyebrow') : <a href="/book">{say('title')}</a>}
      path={path}
      languages={path === undefined ? undefined : { da: `${path}?lang=da`, en: `${path}?lang=en` }}
      person={person ? { name: person.name, href: '/me' } : undefined}
      robots="noindex"
    >
      {children}
    </Page>,
  )
}
