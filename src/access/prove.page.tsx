// The doors of proving anew who one is, before an important deed: by the digits of a letter, by one's card, or through the municipality.
import { type Context, Hono } from 'hono'
import { isMunicipal } from '../db/as-actor.ts'
import { Button, ButtonLink, type Problem, problemOf } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { ownRoom } from '../ui/whose-room.tsx'
import { proveByCard } from './card.deeds.ts'
import { CardField, cardProblem, sayCardProblem } from './card.page.tsx'
import { askedIn, setAsked } from './let-in.ts'
import { DigitsForm, digitProblems, fits, formOf } from './mail.page.tsx'
import { askByMail } from './mail-question.deeds.ts'
import { half, readDigits } from './mail-question.ts'
import { proveByMail, seeOwnDoors } from './own-doors.deeds.ts'
import { passkeysOf } from './passkey.deeds.ts'
import { ProveByPasskey, partyIn, passkeyScript } from './passkey-parts.tsx'
import { readCardCode } from './printed-card.ts'
import { proved, type SignedIn } from './session.deeds.ts'
import { personOf, type Visit, type Visited } from './visit.ts'
import type { Watch } from './watch.ts'
import { ownWay, withWay } from './way.ts'
import { words } from './ways.ts'

/** Where it is shown in a window of its own: it says to go back to the other. */
export const provenPath = '/prove/done'

export function provePages(watch: Watch): Hono<Visited> {
  return new Hono<Visited>()
    .use('/prove/*', fits)
    .use('/prove/*', async (c, next) => {
      c.header('cache-control', 'no-store')
      await next()
    })
    .get('/prove', async (c) => c.html(await provePage(c, ownWay(c.req.query('next')))))
    .post('/prove/mail', async (c) => {
      const person = personOf(c)
      const { house, lang, origin } = c.get('visit')
      const way = ownWay((await formOf(c)).get('next'))
      const { address } = await seeOwnDoors(person)
      if (!address || !house.mail) return c.redirect(withWay('/prove', way), 303)
      const { account } = person
      setAsked(c, await askByMail(house, watch, { purpose: 'prove', address, account, way, lang, origin }))
      return c.redirect('/prove/digits', 303)
    })
    .get('/prove/digits', (c) => {
      personOf(c)
      return c.html(digitsPage(c.get('visit')))
    })
    .post('/prove/digits', async (c) => {
      const person = personOf(c)
      const typed = (await formOf(c)).get('digits') ?? ''
      const digits = readDigits(typed)
      const again = (problem: 'shape' | 'wrong') => c.html(digitsPage(c.get('visit'), { typed, problem }), 400)
      if (!digits) return again('shape')
      const answer = await proveByMail(person, watch, askedIn(c), digits)
      if (answer === 'wrong') return again('wrong')
      if (answer === 'over') return c.redirect('/prove', 303)
      setAsked(c, '')
      return c.redirect(ownWay(answer.way), 303)
    })
    .post('/prove/card', async (c) => {
      const person = personOf(c)
      const { lang } = c.get('visit')
      const form = await formOf(c)
      const way = ownWay(form.get('next'))
      const typed = form.get('card') ?? ''
      const code = readCardCode(typed)
      if (code && (await proveByCard(person, watch, code))) {
        await proved(person)
        return c.redirect(way, 303)
      }
      const problem = cardProblem(typed)
      const message = problem ? sayCardProblem(lang, problem, typed) : words(lang)('prove.notYours')
      return c.html(await provePage(c, way, { typed, problems: [{ field: 'card', message }] }), 400)
    })
    .get(provenPath, (c) => {
      personOf(c)
      const { lang } = c.get('visit')
      const say = words(lang)
      return c.html(
        renderPage(
          <Page
            room={ownRoom}
            lang={lang}
            kind="phone"
            title={say('prove.done')}
            lead={say('prove.doneWhat')}
            robots="noindex"
          />,
        ),
      )
    })
}

interface TypedCard {
  typed: string
  problems: Problem[]
}

async function provePage(c: Context<Visited>, way: string, card?: TypedCard): Promise<string> {
  const { lang, house } = c.get('visit')
  const person = personOf(c)
  const doors = await seeOwnDoors(person)
  const { passkeys } = await passkeysOf(person)
  const party = partyIn(c)
  const say = words(lang)
  const next = way !== '/' && <input type="hidden" name="next" value={way} />
  const byMail = house.mail && doors.address
  const other = lang === 'da' ? 'en' : 'da'
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('prove.title')}
      lead={say('prove.lead')}
      problems={card?.problems}
      scripts={party && passkeys.length > 0 ? [passkeyScript] : undefined}
      languages={{ [other]: `${withWay('/prove', way)}${way === '/' ? '?' : '&'}lang=${other}` }}
      robots="noindex"
    >
      {byMail && (
        <form method="post" action="/prove/mail">
          {next}
          <p>{say('prove.mailWhat', { address: half(doors.address ?? '') })}</p>
          <Button wide>{say('prove.mail')}</Button>
        </form>
      )}
      {doors.card && (
        <Part id="by-card" title={say('prove.card')}>
          <form method="post" action="/prove/card" novalidate>
            {next}
            <CardField lang={lang} typed={card?.typed} error={problemOf(card?.problems, 'card')} />
            <Button kind={byMail ? 'quiet' : undefined} wide>
              {say('prove.send')}
            </Button>
          </form>
        </Part>
      )}
      {passkeys.length > 0 && (
        <ProveByPasskey lang={lang} party={party} next={way} staff={isMunicipal(person)} quiet={Boolean(byMail)} />
      )}
      <OtherProofs
        person={person}
        lang={lang}
        way={way}
        none={!byMail && !doors.card && !(party && passkeys.length > 0)}
      />
    </Page>,
  )
}

/** Other ways to show it than mail and card. */
function OtherProofs({
  person,
  lang,
  way,
  none,
}: {
  person: SignedIn
  lang: Visit['lang']
  way: string
  none: boolean
}) {
  const say = words(lang)
  if (isMunicipal(person))
    return (
      <p>
        <ButtonLink href={withWay('/staff', way)} wide>
          {say('prove.staff')}
        </ButtonLink>
      </p>
    )
  if (!none) return null
  return (
    <>
      <p>{say('prove.none')}</p>
      <ButtonLink href="/me">{say('prove.noneDo')}</ButtonLink>
    </>
  )
}

function digitsPage({ lang }: Visit, typed?: { typed: string; problem: 'shape' | 'wrong' }): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('prove.digits')}
      lead={say('prove.digitsLead')}
      problems={digitProblems(lang, typed)}
      robots="noindex"
    >
      <DigitsForm lang={lang} action="/prove/digits" typed={typed} send={say('prove.send')} />
      <p class="soft small">{say('sent.nothing')}</p>
      <p>
        <a href="/prove">{say('sent.again')}</a>
      </p>
    </Page>,
  )
}
