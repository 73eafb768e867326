// Signing in and out: a link opens a page with one button, and the button spends the link.
import { Hono } from 'hono'
import { catalogue } from '../i18n/catalogue.ts'
import { Button } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import da from './da.json' with { type: 'json' }
import en from './en.json' with { type: 'json' }
import { signOut } from './session.deeds.ts'
import { lookAtLink, signIn } from './sign-in.deeds.ts'
import { deviceOf, sessionDays } from './sign-in.ts'
import { personOf, sessionCookieText, sessionIn, type Visited } from './visit.ts'

const words = catalogue(da, en)

export function signInPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/in/:token', async (c) => {
      const { house, lang } = c.get('visit')
      const say = words(lang)
      const { name } = await lookAtLink(house, c.req.param('token'))
      c.header('cache-control', 'no-store')
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
      const { house, origin } = c.get('visit')
      const token = await signIn(house, c.req.param('token'), deviceOf(c.req.header('user-agent')))
      c.header('set-cookie', sessionCookieText(token, origin))
      return c.redirect('/', 303)
    })
    .get('/me', (c) => {
      const { lang } = c.get('visit')
      const say = words(lang)
      const person = personOf(c)
      const role = person.role === 'guest' ? 'resident' : person.role
      c.header('cache-control', 'no-store')
      return c.html(
        renderPage(
          <Page
            room={ownRoom}
            lang={lang}
            kind="phone"
            title={say('mine')}
            lead={say('signedInAs', { name: person.name })}
          >
            <p>{say(`role.${role}`)}</p>
            <form method="post" action="/out">
              <Button kind="quiet">{say('out')}</Button>
            </form>
            <p class="soft small">{say('outLead')}</p>
          </Page>,
        ),
      )
    })
    .post('/out', async (c) => {
      const { house, origin } = c.get('visit')
      await signOut(house, sessionIn(c.req.header('cookie'), origin))
      c.header('set-cookie', sessionCookieText('', origin))
      return c.redirect('/', 303)
    })
}
