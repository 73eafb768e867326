// Signing in and out: the doors of every way in, and the link from the terminal, which opens a page with one button that spends it.
import { Hono } from 'hono'
import { Button } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { cardPages } from './card.page.tsx'
import { letIn } from './let-in.ts'
import { mailPages } from './mail.page.tsx'
import { mePages } from './me.page.tsx'
import { ownMailPages } from './own-mail.page.tsx'
import { provePages } from './prove.page.tsx'
import { lookAtLink, signIn } from './sign-in.deeds.ts'
import { deviceOf, sessionDays } from './sign-in.ts'
import { words } from './sign-in.words.ts'
import type { Visited } from './visit.ts'
import { type Watch, watchDoors } from './watch.ts'

/** All the ways in of residents, and one's own page. One watch sees every door. */
export function signInPages(watch: Watch = watchDoors()): Hono<Visited> {
  return new Hono<Visited>()
    .route('/', mailPages(watch))
    .route('/', cardPages(watch))
    .route('/', provePages(watch))
    .route('/', ownMailPages(watch))
    .route('/', mePages())
    .get('/in/:token', async (c) => {
      const { house, lang } = c.get('visit')
      const say = words(lang)
      const { name } = await lookAtLink(house, c.req.param('token'))
      return c.html(
        renderPage(
          <Page
            room={{ whose: 'nobody', seen: 'link' }}
            lang={lang}
            kind="phone"
            title={say('title')}
            lead={say('lead', { days: sessionDays })}
            robots="noindex"
          >
            <form method="post" action={`/in/${c.req.param('token')}`}>
              <Button wide>{say('as', { name })}</Button>
            </form>
          </Page>,
        ),
      )
    })
    .post('/in/:token', async (c) => {
      const { house } = c.get('visit')
      return letIn(c, await signIn(house, c.req.param('token'), deviceOf(c.req.header('user-agent'))))
    })
}
