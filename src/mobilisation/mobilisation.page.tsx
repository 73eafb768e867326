// The doors of who brought whom: the tree of a place, a card of one's own, and what whoever is handed a card meets.
import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { langOf, type Visited } from '../access/visit.ts'
import type { House } from '../db/as-actor.ts'
import { isMunicipal } from '../db/as-actor.ts'
import { cookieOf, cookieText, largestForm, notKept } from '../door.ts'
import { isLang, type Lang } from '../i18n/catalogue.ts'
import { deviceCookie, type Guessing } from '../meetings/guessing.ts'
import { madeCookie } from '../meetings/keeping/keeping.page.tsx'
import { madeHere, readMadeHere } from '../meetings/keeping/made-here.ts'
import { refuse } from '../refusal.ts'
import { broughtPage } from './brought.page.tsx'
import { gonePage, invitedPage, makePage, printedCards, readyPage } from './card.page.tsx'
import { cameBy, findCard, makeCard, makeMyCard, seeBrought, seeMyCard, whereTo } from './mobilisation.deeds.ts'
import type { CardHere } from './mobilisation.queries.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const newKey = (): string => randomBytes(16).toString('base64url')
const keyIn = (form: URLSearchParams): string => {
  const key = form.get('key') ?? ''
  return /^[\w-]{22}$/.test(key) ? key : newKey()
}
/** That this browser made a card, sent to the card's own page alone: the link itself is handed on, and proves nothing. */
const ownCookie = 'own_card'
const seasonS = 90 * 86_400
/** A card is handed on for longer than a season. */
const twoYearsS = 730 * 86_400

export function mobilisationPages(house: House, guessing: Guessing): Hono<Visited> {
  const pages = new Hono<Visited>()
  for (const path of ['/c/:slug/own-card', '/v/*']) pages.use(path, small)

  const posted = (c: Context<Visited>, form: URLSearchParams): Lang => {
    const said = form.get('lang')
    return isLang(said) ? said : langOf(null, c.req.header('cookie'))
  }
  function setCookie(c: Context<Visited>, name: string, value: string, path: string, seconds: number) {
    const secure = c.get('visit').origin.startsWith('https:')
    c.header('set-cookie', cookieText({ name, value, path, seconds, secure }), { append: true })
  }
  /** A link that nobody was given: one answer for all, and slower for who tries many. */
  async function gone(c: Context<Visited>) {
    const { device } = await guessing.wrong(cookieOf(c.req.header('cookie'), deviceCookie))
    if (device) setCookie(c, deviceCookie, device, '/', 3600)
    return c.html(gonePage(c.get('visit').lang), 404, notKept)
  }
  const cardAt = async (c: Context<Visited>): Promise<(CardHere & { secret: string }) | null> => {
    const secret = c.req.param('secret') ?? ''
    const card = await findCard(house, secret)
    return card && { ...card, secret }
  }
  /** This browser has made the card: it keeps it, sees how many came by it, and takes it along when its owner joins. */
  function remember(c: Context<Visited>, slug: string, secret: string) {
    const made = madeHere(house, secret)
    setCookie(c, madeCookie, made, `/c/${slug}/join`, seasonS)
    setCookie(c, ownCookie, made, `/v/${secret}/share`, twoYearsS)
  }

  pages.get('/c/:slug/brought', async (c) => {
    const visit = c.get('visit')
    return c.html(broughtPage(visit, await seeBrought(visit.actor, c.req.param('slug'))), 200, notKept)
  })

  // --- A card of one's own

  pages.get('/c/:slug/own-card', async (c) => {
    const visit = c.get('visit')
    const { community, seen } = await seeMyCard(visit.actor, c.req.param('slug'))
    const path = `/c/${community.slug}/own-card`
    const html = seen ? readyPage({ visit, path, ...seen, code: seen.card.code }) : makePage(visit, community, newKey())
    return c.html(html, 200, notKept)
  })

  pages.post('/c/:slug/own-card', async (c) => {
    const { actor } = c.get('visit')
    const slug = c.req.param('slug')
    const form = await formOf(c)
    const lang = posted(c, form)
    if (isMunicipal(actor)) refuse('not-yours')
    if (await belongsTo(c, slug)) {
      await makeMyCard(actor, slug)
      return c.redirect(`/c/${slug}/own-card?lang=${lang}`, 303)
    }
    const { community, secret } = await makeCard(house, { slug, parent: null, key: keyIn(form) })
    remember(c, community.slug, secret)
    return c.redirect(`/v/${secret}/share?lang=${lang}`, 303)
  })

  // --- What whoever is handed a card meets

  pages.get('/v/:secret', async (c) => {
    const visit = c.get('visit')
    const card = await cardAt(c)
    if (!card) return gone(c)
    const where = await whereTo(house, card.slug)
    const html = invitedPage({ visit, ...card, ...where, formKey: newKey(), municipal: isMunicipal(visit.actor) })
    return c.html(html, 200, notKept)
  })

  pages.post('/v/:secret/own', async (c) => {
    const { actor } = c.get('visit')
    const card = await cardAt(c)
    const form = await formOf(c)
    const lang = posted(c, form)
    if (!card) return gone(c)
    if (isMunicipal(actor)) refuse('not-yours')
    if (await belongsTo(c, card.slug)) {
      await makeMyCard(actor, card.slug, card.id)
      return c.redirect(`/c/${card.slug}/own-card?lang=${lang}`, 303)
    }
    const { secret } = await makeCard(house, { slug: card.slug, parent: card.id, key: keyIn(form) })
    remember(c, card.slug, secret)
    return c.redirect(form.get('onward') === 'join' ? `/c/${card.slug}/join` : `/v/${secret}/share?lang=${lang}`, 303)
  })

  pages.get('/v/:secret/share', async (c) => {
    const visit = c.get('visit')
    const card = await cardAt(c)
    if (!card) return gone(c)
    const { community } = await whereTo(house, card.slug)
    const mine = readMadeHere(house, cookieOf(c.req.header('cookie'), ownCookie) ?? '') === card.secret
    const came = mine ? await cameBy(house, card.id) : null
    return c.html(readyPage({ visit, community, ...card, came, path: `/v/${card.secret}/share` }), 200, notKept)
  })

  pages.get('/v/:secret/card', async (c) => {
    const card = await cardAt(c)
    if (!card) return gone(c)
    return c.html(printedCards({ visit: c.get('visit'), ...card, ...(await whereTo(house, card.slug)) }), 200, notKept)
  })

  /** Is whoever visits a neighbour of this place? */
  async function belongsTo(c: Context<Visited>, slug: string): Promise<boolean> {
    const { person } = c.get('visit')
    if (!person) return false
    const { community } = await whereTo(house, slug)
    return person.places.some((place) => place.community === community.id)
  }

  return pages
}
