// The door of an installation that nobody has set up yet: one page behind one link, and a kind word for everybody else.
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { letIn } from '../access/let-in.ts'
import type { Visit, Visited } from '../access/visit.ts'
import { longestName as longestPlace, type Problem } from '../communities/community.ts'
import { mendings } from '../communities/said.ts'
import { PlanFields } from '../communities/withdrawal.page.tsx'
import { largestForm } from '../door.ts'
import { refuse } from '../refusal.ts'
import { Actions, Button, ButtonLink, Choice, Field, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { doorstep } from '../ui/whose-room.tsx'
import { setUp } from './set-up.deeds.ts'
import { enterBy, longestName, readSetUp, type SetUpDoor, type SetUpFault, zones } from './set-up.ts'
import { words } from './words.ts'

const notKept = { 'cache-control': 'no-store' }
const fits = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })
/** What a page that is not ready needs all the same. */
const always = /^\/(?:set-up\/|a\/|health(?:\/|$)|sw\.js$)/

/** Until it is set up, every other page says so. */
export const notReady = (door: SetUpDoor): MiddlewareHandler<Visited> => {
  return async (c, next) => {
    if (!door.isOpen() || always.test(c.req.path)) return next()
    const { lang } = c.get('visit')
    const say = words(lang)
    return c.html(
      renderPage(
        <Page
          room={doorstep}
          lang={lang}
          kind="phone"
          title={say('notReady')}
          lead={say('notReadyWhat')}
          robots="noindex"
        />,
      ),
      503,
      { ...notKept, 'retry-after': '60' },
    )
  }
}

export function setUpPages(door: SetUpDoor): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/set-up/*', fits)
  /** In the browser that opened it first; for everybody else the link is not there. */
  const mine = (c: Context<Visited>): void => {
    const secure = c.get('visit').origin.startsWith('https:')
    c.header(
      'set-cookie',
      enterBy(door, c.req.param('token') ?? '', c.req.header('cookie'), secure) ?? refuse('not-found'),
    )
  }
  pages.get('/set-up/:token', (c) => {
    mine(c)
    return c.html(setUpPage(c.get('visit'), c.req.path), 200, notKept)
  })
  pages.post('/set-up/:token', async (c) => {
    mine(c)
    const form = new URLSearchParams(await c.req.text())
    const { house } = c.get('visit')
    const { setUp: said, faults, first } = readSetUp(form, house.clock.now())
    if (faults.length > 0 || first.length > 0)
      return c.html(setUpPage(c.get('visit'), c.req.path, form, faults, first), 400, notKept)
    const session = await setUp(house, said, '')
    door.close()
    return letIn(c, session, '/')
  })
  return pages
}

const fields = ['name', 'operator', 'zone', 'mail', 'phone', 'statement'] as const

function setUpPage(
  visit: Visit,
  here: string,
  form = new URLSearchParams(),
  faults: readonly SetUpFault[] = [],
  first: readonly Problem[] = [],
): string {
  const { lang } = visit
  const say = words(lang)
  const mend = mendings(first, lang)
  const wrong = fields.filter((field) => faults.includes(field))
  const problems = [...wrong.map((field) => ({ field, message: say(`problem.${field}`) })), ...mend]
  const said = (field: string) => form.get(field) ?? undefined
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="page"
      title={say('title')}
      lead={say('lead')}
      problems={problems}
      robots="noindex"
    >
      <form method="post" action={here} novalidate>
        <Field
          lang={lang}
          name="name"
          label={say('name')}
          hint={say('nameHint')}
          maxlength={longestName}
          autocomplete="organization"
          value={said('name')}
          error={problemOf(problems, 'name')}
        />
        <Field
          lang={lang}
          name="operator"
          label={say('operator')}
          hint={say('operatorHint')}
          maxlength={60}
          autocomplete="name"
          value={said('operator')}
          error={problemOf(problems, 'operator')}
        />
        <Choice
          lang={lang}
          name="zone"
          plain
          legend={say('zone')}
          value={said('zone') ?? zones[0]}
          options={zones.map((one) => ({ value: one, label: say(`zones.${one}`) }))}
          error={problemOf(problems, 'zone')}
        />
        <Field
          lang={lang}
          name="mail"
          type="email"
          label={say('mail')}
          hint={say('mailHint')}
          value={said('mail')}
          error={problemOf(problems, 'mail')}
        />
        <Field
          lang={lang}
          name="phone"
          type="tel"
          label={say('phone')}
          optional
          value={said('phone')}
          error={problemOf(problems, 'phone')}
        />
        <Field
          lang={lang}
          name="statement"
          label={say('statement')}
          hint={say('statementHint')}
          optional
          value={said('statement')}
          error={problemOf(problems, 'statement')}
        />
        <Part id="place" title={say('place')}>
          <p>{say('placeWhat')}</p>
          <Field
            lang={lang}
            name="first"
            label={say('first')}
            optional
            maxlength={longestPlace}
            value={said('first')}
            error={problemOf(problems, 'first')}
          />
          <PlanFields lang={lang} said={form} mend={mend} />
        </Part>
        <Actions>
          <Button>{say('do')}</Button>
        </Actions>
      </form>
      <Part id="backup" title={say('backup')}>
        <p>{say('backupWhat')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={`${here}/restore`}>
            {say('backupDo')}
          </ButtonLink>
        </Actions>
      </Part>
    </Page>,
  )
}
