// The doors of the printed card: typed or scanned to sign in, and made by a key holder, who sees it once, to print.
import { Hono } from 'hono'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Field, type Problem, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { doorstep, ownRoom, roomOf } from '../ui/whose-room.tsx'
import { closeCard, giveCard, seeCardFor, signInByCard } from './card.deeds.ts'
import type { CardFor } from './card.queries.ts'
import { letIn } from './let-in.ts'
import { deviceIn, fits, formOf } from './mail.page.tsx'
import { cardLength, readCardCode, typedCharacters } from './printed-card.ts'
import { proveFirst } from './prove-first.ts'
import { hasProved } from './session.deeds.ts'
import { personOf, type Visit, type Visited } from './visit.ts'
import { walletPage } from './wallet.page.tsx'
import type { Watch } from './watch.ts'
import { ownWay, withWay } from './way.ts'
import { sayDay } from './way-days.ts'
import { words } from './ways.ts'

/** Takes the code of a scanned card out of the address, into the field. */
export const cardIsland = 'src/access/card.island.ts'

export type CardProblem = 'missing' | 'shape' | 'letters' | 'wrong'

/** What is wrong with what was typed, before anybody is asked; null when it can be a card. */
export function cardProblem(typed: string): CardProblem | null {
  if (readCardCode(typed)) return null
  const { length } = typedCharacters(typed)
  return length === 0 ? 'missing' : length === cardLength ? 'letters' : 'shape'
}

export const sayCardProblem = (lang: Lang, problem: CardProblem, typed: string): string =>
  words(lang)(`card.${problem}`, { count: typedCharacters(typed).length })

export function cardPages(watch: Watch): Hono<Visited> {
  return new Hono<Visited>()
    .use('/card', fits)
    .get('/card', (c) => {
      c.header('cache-control', 'no-store')
      return c.html(cardPage(c.get('visit'), ownWay(c.req.query('next'))))
    })
    .post('/card', async (c) => {
      const visit = c.get('visit')
      const form = await formOf(c)
      const way = ownWay(form.get('next'))
      const typed = form.get('card') ?? ''
      c.header('cache-control', 'no-store')
      const again = (problem: CardProblem) => c.html(cardPage(visit, way, { typed, problem }), 400)
      const code = readCardCode(typed)
      if (!code) return again(cardProblem(typed) ?? 'missing')
      const session = await signInByCard(visit.house, watch, code, deviceIn(c))
      return session ? letIn(c, session, way) : again('wrong')
    })
    .get('/me/card', (c) => {
      personOf(c)
      c.header('cache-control', 'no-store')
      return c.html(closePage(c.get('visit').lang))
    })
    .post('/me/card', async (c) => {
      await closeCard(personOf(c))
      return c.redirect('/me?done=card', 303)
    })
    .use('/c/:slug/people/:id/card', fits)
    .get('/c/:slug/people/:id/card', async (c) => {
      const { slug, id } = c.req.param()
      const whom = await seeCardFor(personOf(c), slug, id)
      c.header('cache-control', 'no-store')
      if (whom.verdict === 'yes' && !hasProved(personOf(c))) return proveFirst(c, c.req.path)
      return c.html(givePage(c.get('visit'), c.req.path, `/c/${slug}/people/${id}`, whom))
    })
    .post('/c/:slug/people/:id/card', async (c) => {
      const { lang, origin } = c.get('visit')
      const { slug, id } = c.req.param()
      const seen = Number((await formOf(c)).get('seen'))
      const card = await giveCard(personOf(c), slug, id, Number.isSafeInteger(seen) ? seen : -1)
      c.header('cache-control', 'no-store')
      return c.html(walletPage({ lang, origin, card, back: `/c/${slug}/people/${id}` }))
    })
}

interface Typed {
  typed: string
  problem: CardProblem
}

/** The field for a card's code. */
export function CardField({
  lang,
  typed,
  error,
}: {
  lang: Lang
  typed?: string | undefined
  error?: string | undefined
}) {
  const say = words(lang)
  return (
    <Field
      lang={lang}
      name="card"
      label={say('card.code')}
      hint={say('card.hint')}
      value={typed}
      error={error}
      maxlength={60}
    />
  )
}

function cardPage({ house, lang }: Visit, way: string, typed?: Typed): string {
  const say = words(lang)
  const problems: Problem[] = typed
    ? [{ field: 'card', message: sayCardProblem(lang, typed.problem, typed.typed) }]
    : []
  const other = lang === 'da' ? 'en' : 'da'
  return renderPage(
    <Page
      room={doorstep}
      lang={lang}
      kind="phone"
      title={say('card.title')}
      lead={say('card.lead')}
      problems={problems}
      languages={{ [other]: `${withWay('/card', way)}${way === '/' ? '?' : '&'}lang=${other}` }}
      scripts={[cardIsland]}
      robots="noindex"
    >
      <form method="post" action="/card" novalidate>
        {way !== '/' && <input type="hidden" name="next" value={way} />}
        <CardField lang={lang} typed={typed?.typed} error={problemOf(problems, 'card')} />
        <Button wide>{say('card.send')}</Button>
      </form>
      <p class="soft small">{say('card.lost')}</p>
      {house.mail && (
        <p>
          <a href={withWay('/in', way)}>{say('card.mail')}</a>
        </p>
      )}
    </Page>,
  )
}

/** What the card is, and what becomes of the old one; or why it cannot be given here. */
function givePage({ house, lang }: Visit, path: string, back: string, whom: CardFor): string {
  const say = words(lang)
  const { name, given_on } = whom
  return renderPage(
    <Page
      room={roomOf({ name: whom.community, keeper: whom.keeper }, 'keyholders')}
      lang={lang}
      kind="phone"
      title={say('give.title', { name })}
      lead={say('give.lead', { name })}
      robots="noindex"
    >
      {whom.verdict === 'yes' ? (
        <>
          {given_on && (
            <Notice lang={lang} kind="warn">
              {say('give.old', { name, day: sayDay(given_on, lang, house.clock.now()) })}
            </Notice>
          )}
          <p>{say('give.once')}</p>
          <form method="post" action={path}>
            <input type="hidden" name="seen" value={String(whom.number)} />
            <Actions>
              <Button>{say(given_on ? 'give.makeNew' : 'give.make')}</Button>
              <ButtonLink kind="quiet" href={back}>
                {say('give.back')}
              </ButtonLink>
            </Actions>
          </form>
        </>
      ) : (
        <>
          <Notice lang={lang} kind="info" title={say('give.no')}>
            {say(`give.${whom.verdict}`, { name })}
          </Notice>
          <ButtonLink href={back}>{say('give.back')}</ButtonLink>
        </>
      )}
    </Page>,
  )
}

/** The card is lost: its owner closes it. */
function closePage(lang: Lang): string {
  const say = words(lang)
  return renderPage(
    <Page
      room={ownRoom}
      lang={lang}
      kind="phone"
      title={say('card.closeTitle')}
      lead={say('card.closeWhat')}
      robots="noindex"
    >
      <form method="post" action="/me/card">
        <Actions>
          <Button kind="danger">{say('card.closeYes')}</Button>
          <ButtonLink kind="quiet" href="/me">
            {say('card.closeNo')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}
