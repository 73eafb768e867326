// The doors of one's own mail address: written, shown to reach one by six digits, and taken away.
import { Hono } from 'hono'
import type { Lang } from '../i18n/catalogue.ts'
import { readAddress } from '../post/letter.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { askedIn, setAsked } from './let-in.ts'
import { DigitsForm, digitProblems, fits, formOf } from './mail.page.tsx'
import { askByMail } from './mail-question.deeds.ts'
import { readDigits } from './mail-question.ts'
import { confirmAddress, mustMaySetAddress, removeAddress } from './own-doors.deeds.ts'
import { proveFirst } from './prove-first.ts'
import { hasProved } from './session.deeds.ts'
import { personOf, type Visited } from './visit.ts'
import type { Watch } from './watch.ts'
import { words } from './ways.ts'

export function ownMailPages(watch: Watch): Hono<Visited> {
  return new Hono<Visited>()
    .use('/me/mail/*', fits)
    .use('/me/mail/*', async (c, next) => {
      c.header('cache-control', 'no-store')
      // To look at the pages, too, one shows first who one is.
      if (c.req.method === 'GET' && !hasProved(personOf(c))) {
        const needs = await mustMaySetAddress(personOf(c)).then(
          () => false,
          (error: { code?: string }) => {
            if (error.code === 'proof.needed') return true
            throw error
          },
        )
        if (needs) return proveFirst(c, c.req.path)
      }
      await next()
    })
    .get('/me/mail', async (c) => {
      const { address } = await mustMaySetAddress(personOf(c))
      return c.html(addressPage(c.get('visit').lang, { address, typed: address ?? '' }))
    })
    .post('/me/mail', async (c) => {
      const person = personOf(c)
      const { house, lang, origin } = c.get('visit')
      const { address: before } = await mustMaySetAddress(person)
      const typed = (await formOf(c)).get('mail') ?? ''
      const address = readAddress(typed)
      if (!address) {
        const message = words(lang)(typed.trim() ? 'in.unclear' : 'in.missing')
        return c.html(addressPage(lang, { address: before, typed, problems: [{ field: 'mail', message }] }), 400)
      }
      const { account } = person
      setAsked(c, await askByMail(house, watch, { purpose: 'address', address, account, way: '/me', lang, origin }))
      return c.redirect('/me/mail/digits', 303)
    })
    .get('/me/mail/digits', (c) => {
      personOf(c)
      return c.html(digitsPage(c.get('visit').lang))
    })
    .post('/me/mail/digits', async (c) => {
      const person = personOf(c)
      const { lang } = c.get('visit')
      const typed = (await formOf(c)).get('digits') ?? ''
      const digits = readDigits(typed)
      const again = (problem: 'shape' | 'wrong') => c.html(digitsPage(lang, { typed, problem }), 400)
      if (!digits) return again('shape')
      const answer = await confirmAddress(person, watch, askedIn(c), digits)
      if (answer === 'wrong') return again('wrong')
      setAsked(c, '')
      if (answer === 'set') return c.redirect('/me?done=mail', 303)
      const { address } = await mustMaySetAddress(person)
      const message = words(lang)('address.over')
      return c.html(addressPage(lang, { address, typed: '', problems: [{ field: 'mail', message }] }), 410)
    })
    .get('/me/mail/remove', async (c) => {
      const { address } = await mustMaySetAddress(personOf(c))
      if (!address) return c.redirect('/me', 303)
      return c.html(removePage(c.get('visit').lang, address))
    })
    .post('/me/mail/remove', async (c) => {
      await removeAddress(personOf(c))
      return c.redirect('/me?done=removed', 303)
    })
}

interface AddressProps {
  /** The one that works now. */
  address: string | null
  typed: string
  problems?: Problem[]
}

function addressPage(lang: Lang, { address, typed, problems }: AddressProps): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('address.title')}
      lead={say('address.lead')}
      problems={problems}
      languages={{ da: '/me/mail?lang=da', en: '/me/mail?lang=en' }}
      robots="noindex"
    >
      <form method="post" action="/me/mail" novalidate>
        <Field
          lang={lang}
          name="mail"
          type="email"
          inputmode="email"
          autocomplete="email"
          label={say('in.mail')}
          value={typed}
          error={problemOf(problems, 'mail')}
        />
        <Button wide>{say('address.send')}</Button>
      </form>
      {address && (
        <p>
          <a href="/me/mail/remove">{say('address.remove')}</a>
        </p>
      )}
    </Page>,
  )
}

function digitsPage(lang: Lang, typed?: { typed: string; problem: 'shape' | 'wrong' }): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('address.check')}
      lead={say('address.checkLead')}
      problems={digitProblems(lang, typed)}
      robots="noindex"
    >
      <DigitsForm lang={lang} action="/me/mail/digits" typed={typed} send={say('address.keep')} />
      <p class="soft small">{say('sent.nothing')}</p>
      <p>
        <a href="/me/mail">{say('sent.again')}</a>
      </p>
    </Page>,
  )
}

function removePage(lang: Lang, address: string): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('address.removeTitle')}
      lead={say('address.removeWhat', { address })}
      robots="noindex"
    >
      <form method="post" action="/me/mail/remove">
        <Actions>
          <Button kind="danger">{say('address.removeYes')}</Button>
          <ButtonLink kind="quiet" href="/me">
            {say('address.no')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
