// The doors of coming: "Jeg kommer" and taking it back, a neighbour's invitation, the host's list, and calendars.

import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Visited } from '../../access/visit.ts'
import { langOf } from '../../access/visit.ts'
import { seeCommunity } from '../../communities/community.deeds.ts'
import { isMunicipal } from '../../db/as-actor.ts'
import { cookieOf, cookieText, largestForm, notKept } from '../../door.ts'
import { isLang, type Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import { meetingToHost } from '../exit-card.deeds.ts'
import { deviceCookie, type Guessing } from '../guessing.ts'
import type { Hall, MeetingInHall } from '../hall.ts'
import { madeCookie } from '../keeping/keeping.page.tsx'
import { madeHere } from '../keeping/made-here.ts'
import { readCode } from '../meeting-code.ts'
import * as deeds from './coming.deeds.ts'
import { type ComingFault, cardSecrets, isSecret, newCard, newKey, readComing, readInvited } from './coming.ts'
import { invitationCards } from './invitation-card.page.tsx'
import { invitedPage, inviteForm, onlyNeighbours, readyPage } from './invite.page.tsx'
import { listPage } from './list.page.tsx'
import { begunPage, comePage, gonePage, minePage, takenBackPage } from './mine.page.tsx'
import { picturePath, sharePicture } from './share-picture.ts'
import { openTakenBack, sealTakenBack, wayBackSeconds } from './taken-back.ts'

const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')

/** What a browser remembers of who has said yes with it. Only for the address where it is shown: no answer to the exit card carries it. */
const saidCookie = 'coming'
const backCookie = 'coming_back'
/** So many names one browser remembers. */
const mostRemembered = 8
const dayS = 86_400

export function comingPages(hall: Hall, guessing: Guessing): Hono<Visited> {
  const { house } = hall
  const pages = new Hono<Visited>()

  const meetingOf = async (c: Context<Visited>): Promise<MeetingInHall> =>
    (await hall.find(codeOf(c))) ?? refuse('code.unknown')

  /** The language of the page that was posted, also when no cookie remembers it. */
  const posted = (c: Context<Visited>, form: URLSearchParams): Lang => {
    const said = form.get('lang')
    return isLang(said) ? said : langOf(null, c.req.header('cookie'))
  }

  function setCookie(c: Context<Visited>, name: string, value: string, path: string, seconds: number) {
    const secure = c.get('visit').origin.startsWith('https:')
    c.header('set-cookie', cookieText({ name, value, path, seconds, secure }), { append: true })
  }

  /** A link that nobody was given, or that was taken back: one answer for both, and slower for who tries many. */
  async function gone(c: Context<Visited>, what: 'mine' | 'invited') {
    const { device } = await guessing.wrong(cookieOf(c.req.header('cookie'), deviceCookie))
    if (device) setCookie(c, deviceCookie, device, '/', 3600)
    return c.html(gonePage(c.get('visit').lang, what), 404, notKept)
  }

  /** Those who have said yes in this browser, at this address. */
  const remembered = (c: Context<Visited>): string[] =>
    (cookieOf(c.req.header('cookie'), saidCookie) ?? '').split('.').filter(isSecret).slice(-mostRemembered)

  function remember(c: Context<Visited>, path: string, secret: string, meeting: MeetingInHall) {
    const all = [...remembered(c).filter((one) => one !== secret), secret].slice(-mostRemembered)
    const ahead = (meeting.startsAt.getTime() - house.clock.now().getTime()) / 1000
    setCookie(c, saidCookie, all.join('.'), path, Math.round(Math.max(ahead, 0)) + dayS)
  }

  pages.get(picturePath, (c) => {
    c.header('cache-control', 'public, max-age=604800')
    return c.body(new Uint8Array(sharePicture()), 200, { 'content-type': 'image/png' })
  })

  // --- "Jeg kommer"

  pages.get('/m/:code/come', async (c) => {
    const { lang } = c.get('visit')
    const meeting = await meetingOf(c)
    const said = await deeds.stillComing(house, remembered(c))
    if (!deeds.mayStillSay(meeting)) return c.redirect(`/m/${meeting.code}?lang=${lang}`, 303)
    return c.html(comePage({ lang, meeting, now: house.clock.now(), said, formKey: newKey() }), 200, notKept)
  })

  pages.post('/m/:code/come', small, async (c) => {
    const meeting = await meetingOf(c)
    const form = await formOf(c)
    const lang = posted(c, form)
    if (!deeds.mayStillSay(meeting)) return c.html(begunPage(lang, meeting), 409, notKept)
    const again = async (fault: ComingFault | 'many' | 'full') => {
      const said = await deeds.stillComing(house, remembered(c))
      const typed = { name: form.get('name') ?? '', fault }
      return c.html(comePage({ lang, meeting, now: house.clock.now(), said, formKey: newKey(), typed }), 400, notKept)
    }
    const read = readComing(form)
    if (!read.ok) return again(read.code)
    const done = await deeds.sayComing(hall, meeting, read.said)
    if ('fault' in done) return again(done.fault)
    remember(c, `/m/${meeting.code}/come`, done.secret, meeting)
    return c.redirect(`/k/${done.secret}?lang=${lang}`, 303)
  })

  // --- One's own link: it shows the yes, and takes it back

  pages.get('/k/:secret', async (c) => {
    const { lang, actor } = c.get('visit')
    const secret = c.req.param('secret')
    const mine = await deeds.findMine(hall, secret)
    if (mine)
      return c.html(
        minePage({
          lang,
          secret,
          ...mine,
          now: house.clock.now(),
          mail: house.mail && !isMunicipal(actor),
          invites: !isMunicipal(actor),
          sent: c.req.query('sent') !== undefined,
          formKey: newKey(),
        }),
        200,
        notKept,
      )
    const taken = openTakenBack(house, secret, cookieOf(c.req.header('cookie'), backCookie))
    return taken ? c.html(takenBackPage(lang, secret), 200, notKept) : gone(c, 'mine')
  })

  pages.post('/k/:secret', small, async (c) => {
    const secret = c.req.param('secret')
    const form = await formOf(c)
    const lang = posted(c, form)
    const here = `/k/${secret}?lang=${lang}`
    const before = openTakenBack(house, secret, cookieOf(c.req.header('cookie'), backCookie))
    if (form.get('deed') === 'again') {
      if (before) {
        await deeds.bringBack(house, before)
        setCookie(c, backCookie, '', `/k/${secret}`, 0)
      } else if (!(await deeds.findMine(hall, secret))) return gone(c, 'mine')
      return c.redirect(here, 303)
    }
    const taken = await deeds.takeBack(house, secret)
    if (taken) setCookie(c, backCookie, sealTakenBack(house, secret, taken), `/k/${secret}`, wayBackSeconds)
    // Pressed twice, it was taken back by the first.
    else if (!before) return gone(c, 'mine')
    return c.redirect(here, 303)
  })

  pages.post('/k/:secret/mail', small, async (c) => {
    const { actor, origin } = c.get('visit')
    const secret = c.req.param('secret')
    const form = await formOf(c)
    const lang = posted(c, form)
    if (!house.mail) refuse('not-found')
    // Nothing that somebody of the municipality can do sends anything.
    if (isMunicipal(actor)) refuse('not-yours')
    const mine = await deeds.findMine(hall, secret)
    if (!mine) return gone(c, 'mine')
    const address = form.get('address') ?? ''
    const done = await deeds.sendCalendar(hall, mine, { secret, address, lang, origin })
    if (done === 'sent') return c.redirect(`/k/${secret}?lang=${lang}&sent=1`, 303)
    const page = minePage({
      lang,
      secret,
      ...mine,
      now: house.clock.now(),
      mail: true,
      invites: true,
      formKey: newKey(),
      typed: { address, fault: done },
    })
    return c.html(page, 400, notKept)
  })

  // --- "Tag en nabo med"

  pages.get('/m/:code/invite', async (c) => {
    const { lang, actor } = c.get('visit')
    const meeting = await meetingOf(c)
    if (isMunicipal(actor)) return c.html(onlyNeighbours(lang, meeting), 403, notKept)
    return c.html(inviteForm({ lang, meeting, formKey: newKey() }), 200, notKept)
  })

  pages.post('/m/:code/invite', small, async (c) => {
    const meeting = await meetingOf(c)
    const form = await formOf(c)
    const lang = posted(c, form)
    if (isMunicipal(c.get('visit').actor)) return c.html(onlyNeighbours(lang, meeting), 403, notKept)
    const again = (fault: ComingFault | 'many') =>
      c.html(
        inviteForm({ lang, meeting, formKey: newKey(), typed: { name: form.get('name') ?? '', fault } }),
        400,
        notKept,
      )
    const read = readComing(form)
    if (!read.ok) return again(read.code)
    const { account } = c.get('visit').actor
    const made = await deeds.invite(hall, meeting, read.said, { account, comes: form.get('comes') ?? undefined })
    if (!made) return again('many')
    // The link is handed on, so it proves nothing: what this browser has made, it can keep.
    setCookie(c, madeCookie, madeHere(house, made.secret), `/c/${meeting.community.slug}/join`, 90 * dayS)
    return c.redirect(`/i/${made.secret}/share?lang=${lang}`, 303)
  })

  pages.get('/i/:secret/share', async (c) => {
    const { lang, origin } = c.get('visit')
    const invited = readInvited(c.req.param('secret'))
    const found = await deeds.findInvited(hall, invited)
    if (!found || !invited) return gone(c, 'invited')
    return c.html(readyPage({ lang, origin, secret: invited.secret, ...found }), 200, notKept)
  })

  pages.get('/i/:secret/card', async (c) => {
    const { lang, origin } = c.get('visit')
    const invited = readInvited(c.req.param('secret'))
    const found = await deeds.findInvited(hall, invited)
    if (!found || !invited) return gone(c, 'invited')
    const cards = Array.from({ length: 4 }, () => `${invited.secret}.${newCard()}`)
    const now = house.clock.now()
    return c.html(invitationCards({ lang, origin, now, secret: invited.secret, cards, ...found }), 200, notKept)
  })

  pages.get('/i/:secret', async (c) => {
    const { lang, origin } = c.get('visit')
    const invited = readInvited(c.req.param('secret'))
    const found = await deeds.findInvited(hall, invited)
    if (!found || !invited) return gone(c, 'invited')
    const said = await deeds.stillComing(house, invited.card ? cardSecrets(house, invited) : remembered(c))
    const open = deeds.mayStillSay(found.meeting)
    const now = house.clock.now()
    return c.html(invitedPage({ lang, origin, now, invited, said, open, formKey: newKey(), ...found }), 200, notKept)
  })

  pages.post('/i/:secret', small, async (c) => {
    const { origin } = c.get('visit')
    const invited = readInvited(c.req.param('secret'))
    const form = await formOf(c)
    const lang = posted(c, form)
    const found = await deeds.findInvited(hall, invited)
    if (!found || !invited) return gone(c, 'invited')
    if (!deeds.mayStillSay(found.meeting)) return c.html(begunPage(lang, found.meeting), 409, notKept)
    const again = async (fault: ComingFault | 'many' | 'full') => {
      const said = await deeds.stillComing(house, invited.card ? cardSecrets(house, invited) : remembered(c))
      const typed = { name: form.get('name') ?? '', fault }
      const now = house.clock.now()
      const page = invitedPage({ lang, origin, now, invited, said, open: true, formKey: newKey(), typed, ...found })
      return c.html(page, 400, notKept)
    }
    const read = readComing(form)
    if (!read.ok) return again(read.code)
    const done = await deeds.sayComing(hall, found.meeting, { ...read.said, invitation: invited })
    if ('fault' in done) return again(done.fault)
    if (!invited.card) remember(c, `/i/${invited.secret}`, done.secret, found.meeting)
    return c.redirect(`/k/${done.secret}?lang=${lang}`, 303)
  })

  // --- The host's list

  const backAt = (code: string) => `/m/${code}/coming`

  pages.get('/m/:code/coming', async (c) => {
    const { actor, lang } = c.get('visit')
    const { meeting, comes } = await deeds.seeComing(actor, codeOf(c))
    const path = backAt(meeting.code)
    const struck = openTakenBack(house, path, cookieOf(c.req.header('cookie'), backCookie))
    const notice = struck && !comes.some(({ id }) => id === struck.id) ? { struck: struck.name } : undefined
    return c.html(listPage({ lang, meeting, comes, formKey: newKey(), notice }), 200, notKept)
  })

  pages.post('/m/:code/coming', small, async (c) => {
    const { actor } = c.get('visit')
    const code = codeOf(c)
    const form = await formOf(c)
    const lang = posted(c, form)
    const path = backAt(code)
    const onward = () => c.redirect(`${path}?lang=${lang}`, 303)
    const strike = form.get('strike')
    if (strike !== null) {
      const taken = isId(strike)
        ? await deeds.strike(actor, code, strike)
        : await meetingToHost(actor, code).then(() => null)
      if (taken) setCookie(c, backCookie, sealTakenBack(house, path, taken), path, wayBackSeconds)
      return onward()
    }
    if (form.get('undo') !== null) {
      const taken = openTakenBack(house, path, cookieOf(c.req.header('cookie'), backCookie))
      if (taken) await deeds.unstrike(actor, code, taken)
      else await meetingToHost(actor, code)
      setCookie(c, backCookie, '', path, 0)
      return onward()
    }
    const { meeting, comes } = await deeds.seeComing(actor, code)
    const read = readComing(form)
    if (!read.ok) {
      const typed = { name: read.name, fault: read.code }
      return c.html(listPage({ lang, meeting, comes, formKey: newKey(), typed }), 400, notKept)
    }
    await deeds.writeDown(actor, code, read.said)
    return onward()
  })

  // --- Calendars

  const asCalendar = (c: Context<Visited>, text: string, name: string) =>
    c.body(text, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.ics"`,
      'cache-control': 'no-cache',
    })

  pages.get('/m/:code/calendar.ics', async (c) => {
    const { lang, origin } = c.get('visit')
    const meeting = await meetingOf(c)
    return asCalendar(c, await deeds.calendarFile(house, meeting.id, lang, origin), `oplive-${meeting.code}`)
  })

  pages.get('/c/:slug/calendar.ics', async (c) => {
    const { lang, origin, actor } = c.get('visit')
    const { community } = await seeCommunity(actor, c.req.param('slug'))
    return asCalendar(c, await deeds.calendarFeed(house, community, lang, origin), `oplive-${community.slug}`)
  })

  return pages
}

const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text)
