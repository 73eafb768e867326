// The doors of forgetting: the reports for the officer and the operator, the question to who shows no life, and the key holder's list.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { SignedIn } from '../access/session.deeds.ts'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame, placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { ruleOf } from '../data-map/retention-rules.ts'
import { largestForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import {
  type AskedSeen,
  goOn,
  heardGoOn,
  nightRules,
  type RetentionSeen,
  seeAsked,
  seeRuns,
  seeStill,
} from './retention.deeds.ts'
import { words } from './words.ts'

const path = '/retention'
const notKept = { 'cache-control': 'no-store' }
const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

/** For whoever is not signed in it is not there, as for everybody without a key. */
const keyHolderIn = (c: Context<Visited>): SignedIn => c.get('visit').person ?? refuse('not-found')

export function retentionPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.get(path, async (c) => c.html(runsPage(c.get('visit'), await seeRuns(personOf(c))), 200, notKept))
  pages.get('/still/:token', async (c) => {
    const { house } = c.get('visit')
    return c.html(stillPage(c.get('visit'), c.req.path, await seeStill(house, c.req.param('token'))), 200, notKept)
  })
  pages.post('/still/:token', fits, async (c) => {
    const { house } = c.get('visit')
    return c.html(wentOnPage(c.get('visit'), c.req.path, await goOn(house, c.req.param('token'))), 200, notKept)
  })
  pages.get('/c/:slug/still', async (c) => {
    const seen = await seeAsked(keyHolderIn(c), c.req.param('slug'))
    return c.html(askedPage(c.get('visit'), seen, c.req.query('done') === 'yes'), 200, notKept)
  })
  pages.post('/c/:slug/still/:id', fits, async (c) => {
    const id = c.req.param('id')
    await heardGoOn(keyHolderIn(c), c.req.param('slug'), isId(id) ? id : refuse('not-found'))
    return c.redirect(`/c/${c.req.param('slug')}/still?done=yes`, 303)
  })
  return pages
}

/** A run is late when a whole day has gone by without one. */
const lateHours = 26

function runsPage(visit: Visit, { runs }: RetentionSeen): string {
  const { lang, house } = visit
  const say = words(lang)
  const last = runs.find(({ endedAt }) => endedAt !== null)
  const late = last?.endedAt && house.clock.now().getTime() - last.endedAt.getTime() > lateHours * 3_600_000
  return renderPage(
    <Page {...frame(visit, path, municipalRoom('watch'))} title={say('title')} lead={say('lead')} robots="noindex">
      {last && late && (
        <Notice lang={lang} kind="error" title={say('late', { day: sayDate(last.day, lang) })}>
          <p>{say('lateWhat')}</p>
        </Notice>
      )}
      {last && !late && <Notice lang={lang} kind="ok" title={say('well')} />}
      {runs.length === 0 ? (
        <EmptyState title={say('none')}>{say('noneWhat')}</EmptyState>
      ) : (
        <Table
          caption={say('title')}
          quiet
          columns={[say('day'), say('rows'), say('parts')]}
          numbers={[1]}
          rows={runs.map(({ day, endedAt, counts }) => [
            sayDate(day, lang),
            Object.values(counts).reduce((sum, n) => sum + n, 0),
            endedAt === null ? say('cut') : sayCounts(visit, counts),
          ])}
        />
      )}
      <Part id="rules" title={say('rules')}>
        <p>{say('rulesWhat')}</p>
        <Facts
          facts={nightRules
            .filter((code) => ruleOf(code).keep !== null)
            .map((code) => [say(`rule.${code}`), say(`how.${code}`)] as const)}
        />
      </Part>
    </Page>,
  )
}

function sayCounts(visit: Visit, counts: Record<string, number>): string {
  const say = words(visit.lang)
  const some = nightRules.filter((code) => (counts[code] ?? 0) > 0)
  return some.map((code) => `${say(`rule.${code}`)}: ${counts[code]}`).join(' · ') || say('nothing')
}

interface Asked {
  name: string
  place: string
  slug: string
  until: string
}

const byLink = { whose: 'nobody', seen: 'link' } as const

function stillPage(visit: Visit, here: string, { name, place, until }: Asked): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, here, byLink)}
      kind="phone"
      title={say('still.title')}
      lead={say('still.lead', { name, place })}
      robots="noindex"
    >
      <form method="post" action={here}>
        <Actions>
          <Button wide>{say('still.yes')}</Button>
        </Actions>
      </form>
      <p>{say('still.no', { day: sayDate(until, lang) })}</p>
    </Page>,
  )
}

function wentOnPage(visit: Visit, here: string, { place, slug }: Asked): string {
  const say = words(visit.lang)
  return renderPage(
    <Page
      {...frame(visit, here, byLink)}
      kind="phone"
      title={say('still.done')}
      lead={say('still.doneWhat', { place })}
      robots="noindex"
    >
      <Actions>
        <ButtonLink href={`/c/${slug}`}>{say('still.see', { place })}</ButtonLink>
      </Actions>
    </Page>,
  )
}

function askedPage(visit: Visit, { community, asked }: AskedSeen, done: boolean): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/still`
  return renderPage(
    <Page
      {...placeFrame(visit, community, here, 'keyholders')}
      title={say('asked.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('asked.lead')}
      robots="noindex"
    >
      {done && <Notice lang={lang} kind="ok" title={say('asked.done')} live />}
      {asked.length === 0 ? (
        <EmptyState title={say('asked.none')}>{say('asked.noneWhat')}</EmptyState>
      ) : (
        <Table
          caption={say('asked.title')}
          quiet
          columns={[say('asked.name'), say('asked.how'), say('asked.until'), say('asked.heard')]}
          rows={asked.map((one) => [
            <OwnWords text={one.name} />,
            say(one.hasAccount ? 'asked.byLetter' : 'asked.byYou'),
            sayDate(one.until, lang),
            one.hasAccount ? (
              '–'
            ) : (
              <form method="post" action={`${here}/${one.person}`}>
                <Button kind="quiet" aria-label={say('asked.heardNamed', { name: one.name })}>
                  {say('asked.heard')}
                </Button>
              </form>
            ),
          ])}
        />
      )}
    </Page>,
  )
}
