// Whom to ring when one is worried about somebody. The page writes nothing, asks nothing, and is the same for everybody. And where the
// municipality fills in its own numbers.
import { Hono } from 'hono'
import type { Child } from 'hono/jsx'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { notKept } from '../door.ts'
import { Button, Field, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part } from '../ui/parts.tsx'
import { doorstep, municipalRoom } from '../ui/whose-room.tsx'
import { keepNumbers, type Ringing, seeNumbers, seeOwnNumbers } from './ring.deeds.ts'
import { isOld, longest, type NumberToRing, readNumbers, toRing } from './ring.ts'
import type { Again } from './said.tsx'
import { words } from './words.ts'

/** The same in all of Denmark. How they were checked: docs/decisions/2026-11-28-letters-of-talks.md. */
const atOnce = [
  { who: 'now', number: '112' },
  { who: 'police', number: '114' },
] as const
const toTalkTo = [
  { who: 'life', number: '70 201 201' },
  { who: 'young', number: '116 111' },
] as const

function worriedPage(visit: Visit, { municipality, numbers, today }: Ringing): string {
  const { lang } = visit
  const say = words(lang)
  const phone = municipality?.contactPhone ?? null
  const missing = toRing.filter((what) => !numbers.some((one) => one.what === what))
  return renderPage(
    <Page
      {...frame({ lang, person: null }, '/worried', doorstep)}
      person={undefined}
      title={say('worried.title')}
      lead={say('worried.lead')}
    >
      <ul class="numbers-to-ring">
        {atOnce.map((one) => (
          <Ring number={one.number}>{say(`worried.${one.who}`)}</Ring>
        ))}
      </ul>
      <Part id="municipality" title={say('worried.municipality')}>
        {(numbers.length > 0 || phone) && (
          <ul class="numbers-to-ring">
            {numbers.map((one) => (
              <Ring number={one.number}>
                {say(`worried.${one.what}`)}
                {one.answers && <> · {one.answers}</>} <Checked lang={lang} one={one} today={today} />
              </Ring>
            ))}
            {phone && <Ring number={phone}>{say('worried.desk', { name: municipality?.name ?? '' })}</Ring>}
          </ul>
        )}
        {missing.length > 0 && (
          <>
            <p>{say('worried.missing')}</p>
            <ul>
              {missing.map((what) => (
                <li>{say(`worried.${what}`)}</li>
              ))}
            </ul>
            <p>{say('worried.website')}</p>
          </>
        )}
      </Part>
      <Part id="talk" title={say('worried.toTalkTo')}>
        <ul class="numbers-to-ring">
          {toTalkTo.map((one) => (
            <Ring number={one.number}>{say(`worried.${one.who}`)}</Ring>
          ))}
        </ul>
      </Part>
      <Part id="employee" title={say('worried.atWork')}>
        <p>{say('worried.duty')}</p>
        {missing.length > 0 && <p>{say('worried.askLeader')}</p>}
        <p>
          <a href="/worried/numbers">{say('worried.fillIn')}</a>
        </p>
      </Part>
      <p class="soft">{say('worried.nothing')}</p>
    </Page>,
  )
}

const Ring = ({ number, children }: { number: string; children?: Child }) => (
  <li>
    <a href={`tel:${number.replaceAll(' ', '')}`}>{number}</a> <span>{children}</span>
  </li>
)

function Checked({ lang, one, today }: { lang: Visit['lang']; one: NumberToRing; today: string }) {
  const say = words(lang)
  const day = sayDate(one.checkedOn, lang)
  return (
    <span class="soft">
      {say(`worried.checked.${one.checkedBy}`, { day })} {isOld(one, today) && say('worried.old')}
    </span>
  )
}

interface OwnProps {
  visit: Visit
  ringing: Ringing
  kept?: boolean
  again?: Again | undefined
}

function ownNumbersPage({ visit, ringing: { numbers, today }, kept, again }: OwnProps): string {
  const { lang } = visit
  const say = words(lang)
  const path = '/worried/numbers'
  const stood = (what: string) => numbers.find((one) => one.what === what)
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom())}
      title={say('ring.title')}
      lead={say('ring.lead')}
      problems={again?.problems}
      robots="noindex"
    >
      {kept && <Notice lang={lang} kind="ok" title={say('ring.kept')} live />}
      <form method="post" action={path} novalidate>
        {toRing.map((what) => {
          const one = stood(what)
          return (
            <fieldset class="choice">
              <legend class="question">{say(`worried.${what}`)}</legend>
              <p class="hint">{one ? <Checked lang={lang} one={one} today={today} /> : say('ring.none')}</p>
              <Field
                lang={lang}
                name={what}
                label={say('ring.number')}
                type="tel"
                autocomplete="off"
                maxlength={longest.number}
                value={again ? (again.said.get(what) ?? undefined) : one?.number}
                error={problemOf(again?.problems, what)}
              />
              <Field
                lang={lang}
                name={`${what}-answers`}
                label={say('ring.answers')}
                hint={say('ring.answersHint')}
                optional
                maxlength={longest.answers}
                value={again ? (again.said.get(`${what}-answers`) ?? undefined) : (one?.answers ?? undefined)}
                error={problemOf(again?.problems, `${what}-answers`)}
              />
            </fieldset>
          )
        })}
        <Button wide>{say('ring.keep')}</Button>
      </form>
      <p>
        <a href="/worried">{say('worried.title')}</a>
      </p>
    </Page>,
  )
}

export function worriedPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.get('/worried', async (c) => {
    const visit = c.get('visit')
    return c.html(worriedPage(visit, await seeNumbers(visit.house)))
  })
  pages.get('/worried/numbers', async (c) => {
    const ringing = await seeOwnNumbers(personOf(c))
    return c.html(ownNumbersPage({ visit: c.get('visit'), ringing, kept: c.req.query('kept') === 'yes' }), 200, notKept)
  })
  pages.post('/worried/numbers', async (c) => {
    const visit = c.get('visit')
    const person = personOf(c)
    const ringing = await seeOwnNumbers(person)
    const said = new URLSearchParams(await c.req.text())
    const read = readNumbers(said)
    if (!read.ok) {
      const problems = read.problems.map(({ field, code }) => ({
        field,
        message: words(visit.lang)(`problem.${code}`),
      }))
      return c.html(ownNumbersPage({ visit, ringing, again: { problems, said } }), 400, notKept)
    }
    await keepNumbers(person, read.numbers)
    return c.redirect('/worried/numbers?kept=yes', 303)
  })
  return pages
}
