// The doors of keeping: from one's own link or the phone of the evening to a page with one question, and a person when it is answered.
import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { deviceOf } from '../../access/sign-in.ts'
import { sessionCookieText, type Visit, type Visited } from '../../access/visit.ts'
import { placeFrame } from '../../communities/place-frame.ts'
import { isMunicipal } from '../../db/as-actor.ts'
import { cookieOf, largestForm, notKept } from '../../door.ts'
import { type PersonProblem, readPersonName } from '../../people/person.ts'
import { mendings } from '../../people/person-form.tsx'
import { words } from '../../people/words.ts'
import { refuse } from '../../refusal.ts'
import { Actions, Button, ButtonLink, Field, problemOf, Tick } from '../../ui/forms.tsx'
import { EmptyState } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { eveningTag, readEveningToken } from '../evening-token.ts'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { addTo, join, type Keepable, lookAtDoings, type Shown } from './keeping.deeds.ts'
import { readMadeHere } from './made-here.ts'

/** What this browser has made, of links that are handed on. Sent to the one page where it can be kept. */
export const madeCookie = 'invites'
const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const secretOf = (text: string | null | undefined, length: number): string | undefined =>
  text && new RegExp(`^[\\w-]{${length}}$`).test(text) ? text : undefined

export function keepingPages(hall: Hall): Hono<Visited> {
  const { house } = hall
  const pages = new Hono<Visited>()
  pages.use('/c/:slug/join', small)
  pages.use('/m/:code/keep', small)

  const shownBy = (c: Context<Visited>, from: { get(name: string): string | null | undefined }): Shown => ({
    coming: secretOf(from.get('k'), 22),
    commitment: secretOf(from.get('g'), 32),
    invitations: (cookieOf(c.req.header('cookie'), madeCookie) ?? '')
      .split('.')
      .flatMap((one) => readMadeHere(house, one) ?? [])
      .slice(-8),
  })

  /** The phone of the evening, by its cookie for the door. */
  async function shownByPhone(c: Context<Visited>): Promise<{ slug: string; shown: Shown; code: string }> {
    const code = readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
    const meeting = (await hall.find(code)) ?? refuse('code.unknown')
    const token = readEveningToken(house, meeting.id, 'door', cookieOf(c.req.header('cookie'), 'door'))
    const arrival = token && { meeting: meeting.id, tag: eveningTag(house, meeting.id, 'door', token) }
    return { slug: meeting.community.slug, shown: arrival ? { arrival } : {}, code: meeting.code }
  }

  async function show(c: Context<Visited>, slug: string, action: string, shown: Shown) {
    const visit = c.get('visit')
    if (isMunicipal(visit.actor)) return refuse('not-yours')
    const seen = await lookAtDoings(house, slug, shown)
    return c.html(joinPage({ visit, action, shown, ...seen, key: randomBytes(16).toString('base64url') }), 200, notKept)
  }

  async function take(c: Context<Visited>, slug: string, action: string, shown: Shown, form: URLSearchParams) {
    const visit = c.get('visit')
    if (isMunicipal(visit.actor)) return refuse('not-yours')
    const own = `/c/${slug}/me`
    if (visit.person) {
      await addTo(visit.person, slug, shown)
      return c.redirect(`${own}?told=kept`, 303)
    }
    const read = readPersonName(form.get('name'))
    const sent = secretOf(form.get('key'), 22)
    const problems: PersonProblem[] = [
      ...('code' in read ? [{ field: 'name' as const, code: read.code }] : []),
      ...(form.get('of15') === 'yes' ? [] : [{ field: 'of15' as const, code: 'missing' as const }]),
    ]
    const again = async () => {
      const seen = await lookAtDoings(house, slug, shown)
      const key = sent ?? randomBytes(16).toString('base64url')
      return c.html(joinPage({ visit, action, shown, ...seen, key, again: { said: form, problems } }), 400, notKept)
    }
    if ('code' in read || problems.length > 0 || !sent) return again()
    const device = deviceOf(c.req.header('user-agent'))
    const done = await join(house, slug, shown, { name: read.value, key: sent, device })
    if (done === 'taken') return refuse('join.taken')
    c.header('set-cookie', sessionCookieText(done.token, visit.origin), { append: true })
    return c.redirect(`${own}?told=new`, 303)
  }

  pages.get('/c/:slug/join', (c) => {
    const slug = c.req.param('slug')
    return show(c, slug, `/c/${slug}/join`, shownBy(c, new URL(c.req.url).searchParams))
  })
  pages.post('/c/:slug/join', async (c) => {
    const slug = c.req.param('slug')
    const form = new URLSearchParams(await c.req.text())
    return take(c, slug, `/c/${slug}/join`, shownBy(c, form), form)
  })
  pages.get('/m/:code/keep', async (c) => {
    const { slug, shown, code } = await shownByPhone(c)
    return show(c, slug, `/m/${code}/keep`, shown)
  })
  pages.post('/m/:code/keep', async (c) => {
    const { slug, shown, code } = await shownByPhone(c)
    return take(c, slug, `/m/${code}/keep`, shown, new URLSearchParams(await c.req.text()))
  })
  return pages
}

interface JoinProps extends Keepable {
  visit: Visit
  action: string
  shown: Shown
  key: string
  again?: { said: URLSearchParams; problems: readonly PersonProblem[] }
}

function joinPage(p: JoinProps): string {
  const { visit, community, doings, taken, action, shown, again } = p
  const { lang, person } = visit
  const say = words(lang)
  const problems = mendings(lang, again?.problems)
  const title = say(doings.length > 0 || taken ? 'join.title' : 'join.titlePlain')
  const frame = placeFrame(visit, community, action, doings.length > 0 || taken ? 'link' : 'all')
  if (taken)
    return renderPage(
      <Page {...frame} languages={undefined} title={title} robots="noindex">
        <EmptyState title={say('join.already')} action={<ButtonLink href="/in">{say('join.signIn')}</ButtonLink>}>
          {say('join.alreadyWhat')}
        </EmptyState>
      </Page>,
    )
  return renderPage(
    <Page
      {...frame}
      languages={undefined}
      title={title}
      lead={say(person ? 'join.tieLead' : doings.length > 0 ? 'join.lead' : 'join.leadPlain')}
      problems={problems}
      robots="noindex"
    >
      {doings.length > 0 && (
        <div class="stack">
          <h2>{say('join.keeps')}</h2>
          <ul>
            {doings.map(({ kind, what }) => (
              <li>
                <bdi>{say(`join.${kind}`, { what: what ?? '' })}</bdi>
              </li>
            ))}
          </ul>
          <p class="soft small">{say('join.never')}</p>
        </div>
      )}
      <form method="post" action={action} novalidate>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="key" value={p.key} />
        {shown.coming && <input type="hidden" name="k" value={shown.coming} />}
        {shown.commitment && <input type="hidden" name="g" value={shown.commitment} />}
        {!person && (
          <>
            <Field
              lang={lang}
              name="name"
              label={say('join.name')}
              autocomplete="name"
              maxlength={60}
              value={again?.said.get('name') ?? p.name}
              error={problemOf(problems, 'name')}
            />
            <Tick
              lang={lang}
              name="of15"
              label={say('join.of15')}
              hint={say('join.of15Why')}
              checked={again?.said.get('of15') === 'yes'}
              error={problemOf(problems, 'of15')}
            />
          </>
        )}
        <Actions>
          <Button>{say(person ? 'join.tie' : doings.length > 0 ? 'join.send' : 'join.sendPlain')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}
