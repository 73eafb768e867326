// The door list, for the hosts of the place: who came, how many, and the way to correct, strike or add somebody.
import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Child } from 'hono/jsx'
import type { Visited } from '../../access/visit.ts'
import { largestForm, notKept } from '../../door.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf } from '../../ui/forms.tsx'
import { EmptyState, Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Part, Sheet, Table } from '../../ui/parts.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { words as commitmentWords } from '../commitments/words.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { broughtBy, isId } from '../saying/saying.ts'
import { type Arrival, type ArrivalProblem, countDoor, longestBringer, readArrival, sayBringer } from './arrival.ts'
import {
  addArrival,
  arrivalHere,
  asTyped,
  correctArrival,
  doorList,
  strikeArrival,
  takeAsAttended,
} from './scribe.deeds.ts'
import { words } from './words.ts'

const codeOf = (c: Context<Visited>): string => readCode(c.req.param('code') ?? '') ?? refuse('code.unknown')
const formOf = async (c: Context<Visited>): Promise<URLSearchParams> => new URLSearchParams(await c.req.text())
const saidIn = (form: URLSearchParams) => ({
  name: form.get('name') ?? '',
  first: form.get('first') ?? '',
  bringer: form.get('bringer') ?? '',
})
type Said = ReturnType<typeof saidIn>
const small = bodyLimit({ maxSize: largestForm, onError: () => refuse('too-large') })

export function doorListPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/m/:code/doorlist/*', small)

  pages.get('/m/:code/doorlist', async (c) => {
    const { actor, lang } = c.get('visit')
    const list = await doorList(actor, codeOf(c))
    return c.html(listPage({ lang, ...list, done: c.req.query('done') === '1' }), 200, notKept)
  })

  pages.post('/m/:code/doorlist/add', async (c) => {
    const { actor, lang } = c.get('visit')
    const code = codeOf(c)
    const list = await doorList(actor, code)
    const form = await formOf(c)
    const said = saidIn(form)
    const sent = form.get('id') ?? ''
    const id = isId(sent) ? sent : randomUUID()
    const read = readArrival(said)
    if (!read.ok) return c.html(listPage({ lang, ...list, again: { said, id, problems: read.problems } }), 400, notKept)
    await addArrival(actor, hall, code, id, read.value)
    return c.redirect(`/m/${code}/doorlist?done=1`, 303)
  })

  pages.post('/m/:code/doorlist/attended', async (c) => {
    const code = codeOf(c)
    await takeAsAttended(c.get('visit').actor, hall, code)
    return c.redirect(`/m/${code}/doorlist?done=1`, 303)
  })

  pages.get('/m/:code/doorlist/:id', async (c) => {
    const { actor, lang } = c.get('visit')
    return c.html(rowPage({ lang, ...(await rowAt(c, actor)) }), 200, notKept)
  })

  pages.post('/m/:code/doorlist/:id', async (c) => {
    const { actor, lang } = c.get('visit')
    const row = await rowAt(c, actor)
    const form = await formOf(c)
    const said = saidIn(form)
    const read = readArrival(said)
    if (!read.ok) return c.html(rowPage({ lang, ...row, again: { said, problems: read.problems } }), 400, notKept)
    const { id } = row.arrival
    const done = await correctArrival(actor, hall, row.meeting.code, id, read.value, Number(form.get('seen')) || 0)
    if (done === 'done') return c.redirect(`/m/${row.meeting.code}/doorlist?done=1`, 303)
    const now = await rowAt(c, actor)
    return c.html(rowPage({ lang, ...now, again: { said, problems: [] }, elsewhere: true }), 409, notKept)
  })

  pages.post('/m/:code/doorlist/:id/strike', async (c) => {
    const code = codeOf(c)
    const id = c.req.param('id')
    if (!isId(id)) refuse('not-found')
    await strikeArrival(c.get('visit').actor, hall, code, id)
    return c.redirect(`/m/${code}/doorlist?done=1`, 303)
  })

  async function rowAt(c: Context<Visited>, actor: Parameters<typeof arrivalHere>[0]) {
    const id = c.req.param('id') ?? ''
    return arrivalHere(actor, codeOf(c), isId(id) ? id : refuse('not-found'))
  }

  return pages
}

interface ListProps {
  lang: Lang
  meeting: MeetingHere
  arrivals: readonly Arrival[]
  again?: { said: Said; id: string; problems: readonly ArrivalProblem[] }
  /** Something was done a moment ago. */
  done?: boolean
}

function listPage({ lang, meeting, arrivals, again, done }: ListProps): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/doorlist`
  const counts = countDoor(arrivals)
  const problems = again && mendings(lang, again.problems)
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('door.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('door.lead')}
      problems={problems}
      languages={again ? undefined : { da: `${path}?lang=da`, en: `${path}?lang=en` }}
      robots="noindex"
    >
      {done && <Notice lang={lang} kind="ok" title={say('door.done')} live />}
      {arrivals.length === 0 ? (
        <EmptyState title={say('door.none')}>{say('door.noneHow')}</EmptyState>
      ) : (
        <>
          <Sheet title={say('door.here', { count: counts.here })}>
            <p>
              {say('door.firstOf', { count: counts.first, of: counts.firstKnown })}{' '}
              {broughtBy
                .filter((of) => counts.brought[of] > 0)
                .map((of) => say(`door.brought.${of}`, { count: counts.brought[of] }))
                .join(' · ')}
            </p>
            {meeting.attended === counts.here ? (
              <p class="soft">{say('door.isAttended', { count: counts.here })}</p>
            ) : (
              <form method="post" action={`${path}/attended`}>
                <p class="soft">
                  {meeting.attended === null
                    ? say('door.noAttended')
                    : say('door.otherAttended', { count: meeting.attended })}
                </p>
                <Actions>
                  <Button kind="quiet">{say('door.take', { count: counts.here })}</Button>
                </Actions>
              </form>
            )}
          </Sheet>
          <Table
            caption={say('door.title')}
            quiet
            columns={[
              say('scribe.column.name'),
              say('door.first'),
              say('scribe.column.bringer'),
              say('door.medium'),
              say('door.change'),
            ]}
            rows={arrivals.map((one) => [
              nameOf(one, lang),
              one.firstTime === null ? say('door.notSaid') : say(one.firstTime ? 'door.yes' : 'door.no'),
              <bdi>{sayBringer(one, (of) => say(`door.kind.${of}`)) || say('door.notSaid')}</bdi>,
              say(`door.by.${one.medium}`),
              <a href={`${path}/${one.id}`}>
                {say('door.correct')}
                <span class="away"> {one.name ?? say('door.nameless')}</span>
              </a>,
            ])}
          />
        </>
      )}
      <Part title={say('door.add')}>
        <form method="post" action={`${path}/add`} novalidate>
          <input type="hidden" name="id" value={again?.id ?? randomUUID()} />
          <RowFields lang={lang} said={again?.said} problems={problems} />
          <Actions>
            <Button>{say('door.addDo')}</Button>
            <ButtonLink kind="quiet" href={`/m/${meeting.code}/scribe`}>
              {say('scribe.title')}
            </ButtonLink>
          </Actions>
        </form>
      </Part>
      <p>
        <a href={`/m/${meeting.code}/lead`}>{say('pile.lead')}</a>
      </p>
    </Page>,
  )
}

const nameOf = ({ name }: Arrival, lang: Lang): Child =>
  name === null ? <span class="soft">{words(lang)('door.nameless')}</span> : <bdi>{name}</bdi>

interface FieldsProps {
  lang: Lang
  said: Said | undefined
  problems: readonly Problem[] | undefined
}

function RowFields({ lang, said, problems }: FieldsProps) {
  const say = words(lang)
  return (
    <>
      <Field
        lang={lang}
        name="name"
        label={say('scribe.column.name')}
        maxlength={longestBringer}
        size={20}
        value={said?.name}
        error={problemOf(problems, 'name')}
      />
      <Choice
        lang={lang}
        name="first"
        legend={say('door.first')}
        plain
        options={[
          { value: 'f', label: say('door.yes') },
          { value: 'n', label: say('door.no') },
        ]}
        value={said?.first}
        error={problemOf(problems, 'first')}
      />
      <Field
        lang={lang}
        name="bringer"
        label={say('scribe.column.bringer')}
        hint={say('door.bringerHint')}
        maxlength={longestBringer}
        size={20}
        value={said?.bringer}
        error={problemOf(problems, 'bringer')}
      />
    </>
  )
}

interface RowProps {
  lang: Lang
  meeting: MeetingHere
  arrival: Arrival
  again?: { said: Said; problems: readonly ArrivalProblem[] }
  elsewhere?: boolean
}

/** One row of the list, to be corrected or struck. */
function rowPage({ lang, meeting, arrival, again, elsewhere }: RowProps): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/doorlist`
  const kind = (of: Arrival['broughtBy']) => say(`door.kind.${of}`)
  const problems = again && mendings(lang, again.problems)
  const typed = asTyped(arrival, kind)
  const now = { name: typed.name ?? '', first: typed.first ?? '', bringer: typed.bringer ?? '' }
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'hosts')}
      lang={lang}
      kind="page"
      title={say('door.rowTitle', { name: arrival.name ?? say('door.nameless') })}
      eyebrow={eyebrowOf(meeting, lang)}
      problems={problems}
      robots="noindex"
    >
      {elsewhere && (
        <Notice lang={lang} kind="warn" title={say('door.elsewhere')}>
          <p>
            {say('door.elsewhereNow')} <bdi>{now.name || say('door.nameless')}</bdi>,{' '}
            {arrival.firstTime === null ? say('door.notSaid') : say(arrival.firstTime ? 'door.yes' : 'door.no')},{' '}
            <bdi>{now.bringer || say('door.notSaid')}</bdi>
          </p>
        </Notice>
      )}
      <form method="post" action={`${path}/${arrival.id}`} novalidate>
        <input type="hidden" name="seen" value={arrival.rev} />
        <RowFields lang={lang} said={again?.said ?? now} problems={problems} />
        <Actions>
          <Button>{say('door.save')}</Button>
          <ButtonLink kind="quiet" href={path}>
            {say('door.back')}
          </ButtonLink>
        </Actions>
      </form>
      <Part title={say('door.strike')}>
        <p>{say('door.strikeHow')}</p>
        <form method="post" action={`${path}/${arrival.id}/strike`}>
          <Actions>
            <Button kind="danger">{say('door.strikeDo')}</Button>
          </Actions>
        </form>
      </Part>
    </Page>,
  )
}

function mendings(lang: Lang, problems: readonly ArrivalProblem[]): Problem[] {
  const say = words(lang)
  return problems.map(({ field, code }) => ({
    field,
    message:
      code === 'too-long'
        ? commitmentWords(lang)('problem.too-long', { count: longestBringer })
        : code === 'cpr'
          ? commitmentWords(lang)('problem.cpr')
          : say(`scribe.problem.${code}`),
  }))
}
