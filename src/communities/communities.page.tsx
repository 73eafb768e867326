// The doors of the communities' room: founding one, and its own definition.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visit, Visited } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { largestForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import { foundCommunity, onlyEmployees, seeDefinition, seeMunicipality, writeDefinition } from './community.deeds.ts'
import { readFounding, readWording } from './community.ts'
import { definitionPage } from './definition.page.tsx'
import { foundingPage } from './founding.page.tsx'
import { usualTimeZone } from './municipality.ts'

/** Nothing that fits these forms is larger. */
const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const todayIn = (timeZone: string, { house }: Visit): string => wallTimeIn(timeZone, house.clock.now()).date

/** Mount before anything with `/c/:slug`, which would take `/c/new` for a place. */
export function communityPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/c/new', (c) => {
      onlyEmployees(c.get('visit').actor)
      return c.html(foundingPage(c.get('visit')))
    })
    .post('/c/new', fits, async (c) => {
      const visit = c.get('visit')
      onlyEmployees(visit.actor)
      const form = await formOf(c)
      const read = readFounding(form, todayIn((await seeMunicipality(visit.actor))?.timeZone ?? usualTimeZone, visit))
      const done = 'problems' in read ? read : await foundCommunity(visit.actor, read.value)
      return 'problems' in done
        ? c.html(foundingPage(visit, form, done.problems), 400)
        : c.redirect(`/c/${done.slug}`, 303)
    })
    .get('/c/:slug/definition', async (c) => {
      const visit = c.get('visit')
      return c.html(definitionPage(visit, await seeDefinition(visit.actor, c.req.param('slug'))))
    })
    .post('/c/:slug/definition', fits, async (c) => {
      const visit = c.get('visit')
      const seen = await seeDefinition(visit.actor, c.req.param('slug'))
      if (seen.whyNot) refuse(seen.whyNot)
      const form = await formOf(c)
      const read = readWording(form)
      if ('problems' in read) return c.html(definitionPage(visit, seen, form, read.problems), 400)
      await writeDefinition(visit.actor, seen.community.slug, read.value)
      return c.redirect(`/c/${seen.community.slug}`, 303)
    })
}
