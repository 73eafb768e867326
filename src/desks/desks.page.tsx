// The doors of the desks: the front page, the way in by a meeting's code, a place's own page, and what the foot of every page links to.
import { Hono } from 'hono'
import type { Visited } from '../access/visit.ts'
import { seeMunicipality } from '../communities/community.deeds.ts'
import { cookieOf, cookieText } from '../door.ts'
import { deviceCookie, type Guessing } from '../meetings/guessing.ts'
import { readCode } from '../meetings/meeting-code.ts'
import type { Installation } from '../running/running.deeds.ts'
import { accessibilityPage, promisePage, sourcePage } from './about.page.tsx'
import { isMeeting, seeDesk, seePlace, seePlaces } from './desk.deeds.ts'
import { deskPage } from './desk.page.tsx'
import { frontPage } from './front.page.tsx'
import { placePage } from './place.page.tsx'

/** A code is six characters; what is longer than this is not shown again in full. */
const longestTyped = 200
const deviceSeconds = 3600

/** Mount after the rooms with `/c/new` and `/c/:slug/...`. Wrong codes are told to the same watch as those of the hall. */
export function deskPages(guessing: Guessing, installation?: Installation): Hono<Visited> {
  return new Hono<Visited>()
    .get('/', async (c) => {
      const visit = c.get('visit')
      const { person } = visit
      if (!person) return c.html(frontPage(visit, await seePlaces(visit.actor)))
      c.header('cache-control', 'no-store')
      return c.html(deskPage(visit, person, await seeDesk(person, installation)))
    })
    .get('/code', async (c) => {
      const visit = c.get('visit')
      const typed = (c.req.query('code') ?? '').slice(0, longestTyped)
      const code = readCode(typed)
      c.header('cache-control', 'no-store')
      if (code && (await isMeeting(visit.actor, code)))
        return c.redirect(`/m/${code}${visit.lang === 'da' ? '' : `?lang=${visit.lang}`}`, 303)
      if (code) {
        const { device } = await guessing.wrong(cookieOf(c.req.header('cookie'), deviceCookie))
        const secure = visit.origin.startsWith('https:')
        if (device)
          c.header(
            'set-cookie',
            cookieText({ name: deviceCookie, value: device, path: '/', seconds: deviceSeconds, secure }),
            {
              append: true,
            },
          )
      }
      const problem = code ? 'unknown' : typed.trim() ? 'shape' : 'missing'
      return c.html(frontPage(visit, await seePlaces(visit.actor), { code: typed, problem }), 400)
    })
    .get('/c/:slug', async (c) => {
      const visit = c.get('visit')
      return c.html(placePage(visit, await seePlace(visit.actor, c.req.param('slug'))))
    })
    .get('/promise', (c) => c.html(promisePage(c.get('visit'))))
    .get('/was', async (c) => {
      const visit = c.get('visit')
      const municipality = await seeMunicipality(visit.actor)
      const statement = municipality?.accessibilityStatement ?? ''
      return isWebAddress(statement) ? c.redirect(statement, 302) : c.html(accessibilityPage(visit, municipality))
    })
    .get('/source', async (c) => {
      const visit = c.get('visit')
      return c.html(sourcePage(visit, await seeMunicipality(visit.actor)))
    })
}

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)
