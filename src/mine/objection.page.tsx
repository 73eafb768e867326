// The doors of saying no: the form with what was said before, and the desk of those who answer.
import { Hono } from 'hono'
import { v7 as uuid } from 'uuid'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { wallTimeIn } from '../clock.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Button, ButtonLink, Choice, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet, Table, Voice } from '../ui/parts.tsx'
import { municipalRoom, ownRoom, type Room } from '../ui/whose-room.tsx'
import { answer, type Desk, object, seeDesk, seeObjection, seeObjections } from './objection.deeds.ts'
import { answerBy, isLate, longestObjection, type Objection, readWords } from './objection.ts'
import { words } from './words.ts'

const rowId = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** What the form calls signing in and the municipality's own: no slug looks like it. */
const entry = '-'

interface Typed {
  id: string
  about: string
  text: string
  problems: Problem[]
}

export function objectionPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/mine/object', async (c) =>
      c.html(objectPage(c.get('visit'), await seeObjections(personOf(c)), undefined, c.req.query('sent') === '1')),
    )
    .post('/mine/object', async (c) => {
      const person = personOf(c)
      const { lang } = c.get('visit')
      const say = words(lang)
      const form = new URLSearchParams(await c.req.text())
      const sent = form.get('id') ?? ''
      const typed = {
        id: rowId.test(sent) ? sent : uuid(),
        about: form.get('about') ?? '',
        text: form.get('text') ?? '',
      }
      const seen = await seeObjections(person)
      const read = readWords(typed.text)
      const problems: Problem[] = []
      if (typed.about !== entry && !seen.places.some(({ slug }) => slug === typed.about))
        problems.push({ field: 'about', message: say('object.where') })
      if (read.problem) problems.push({ field: 'text', message: say(`object.${read.problem}`) })
      if (problems.length > 0) return c.html(objectPage(c.get('visit'), seen, { ...typed, problems }), 400)
      await object(person, typed.id, typed.about === entry ? null : typed.about, read.text)
      return c.redirect('/mine/object?sent=1', 303)
    })
    .get('/objections', async (c) =>
      c.html(deskPage(c.get('visit'), await seeDesk(personOf(c)), c.req.query('done') === '1')),
    )
    .get('/objections/:id', async (c) =>
      c.html(answerPage(c.get('visit'), await seeObjection(personOf(c), c.req.param('id')))),
    )
    .post('/objections/:id', async (c) => {
      const person = personOf(c)
      const id = c.req.param('id')
      const text = new URLSearchParams(await c.req.text()).get('text') ?? ''
      const seen = await seeObjection(person, id)
      const read = readWords(text)
      if (read.problem) return c.html(answerPage(c.get('visit'), seen, { text, problem: read.problem }), 400)
      const done = await answer(person, id, read.text)
      if (done === 'done') return c.redirect('/objections?done=1', 303)
      return c.html(answerPage(c.get('visit'), await seeObjection(person, id), { text, problem: null }), 409)
    })
}

type Seen = Awaited<ReturnType<typeof seeObjections>>

function objectPage(visit: Visit, seen: Seen, typed?: Typed, sent = false): string {
  const { lang, house } = visit
  const say = words(lang)
  const { municipality } = seen
  return renderPage(
    <Page
      {...frame(visit, '/mine/object', ownRoom)}
      title={say('object.title')}
      lead={say('object.lead')}
      problems={typed?.problems}
      robots="noindex"
    >
      {sent && (
        <Notice lang={lang} kind="ok" title={say('object.sent')}>
          <p>{say('object.sentWhat')}</p>
        </Notice>
      )}
      {seen.own.length > 0 && (
        <Said lang={lang} own={seen.own} today={wallTimeIn(municipality.timeZone, house.clock.now()).date} />
      )}
      <form method="post" action="/mine/object" novalidate>
        <input type="hidden" name="id" value={typed?.id ?? uuid()} />
        <Choice
          lang={lang}
          name="about"
          legend={say('object.about')}
          plain
          options={[
            ...seen.places.map(({ slug, name, association }) => ({
              value: slug,
              label: <OwnWords text={name} />,
              hint: association
                ? say('object.toAssociation', { association })
                : say('object.toInterim', { municipality: municipality.name }),
            })),
            {
              value: entry,
              label: say('object.entry'),
              hint: say('object.toInterim', { municipality: municipality.name }),
            },
          ]}
          value={typed?.about}
          error={problemOf(typed?.problems, 'about')}
        />
        <TextArea
          lang={lang}
          name="text"
          label={say('object.text')}
          hint={say('object.hint')}
          value={typed?.text}
          maxlength={longestObjection}
          rows={6}
          error={problemOf(typed?.problems, 'text')}
        />
        <p>{say('object.pause')}</p>
        <p class="soft">{say('object.yes')}</p>
        <Button>{say('object.send')}</Button>
      </form>
      <p>
        <a href="/mine">{say('nav.back')}</a>
      </p>
    </Page>,
  )
}

/** What they have said no to, and the answers. */
function Said({ lang, own, today }: { lang: Lang; own: readonly Objection[]; today: string }) {
  const say = words(lang)
  return (
    <Part id="said" title={say('piece.objection.title')}>
      {own.map((one) => (
        <div class="stack">
          <Voice source={say('answer.asked', { day: sayDate(one.askedOn, lang) })}>
            <OwnWords text={one.text} />
          </Voice>
          {one.answer ? (
            <Voice tone="asset" source={<OwnWords text={`${one.answer.by} · ${sayDate(one.answer.on, lang)}`} />}>
              <OwnWords text={one.answer.text} />
            </Voice>
          ) : (
            <p>
              {isLate(one, today)
                ? say('answer.late', { day: sayDate(answerBy(one.askedOn), lang) })
                : say('object.waiting', { day: sayDate(answerBy(one.askedOn), lang) })}
            </p>
          )}
        </div>
      ))}
    </Part>
  )
}

// --- Those who answer

const roomFor = ({ person }: Visit): Room => (person?.role === 'officer' ? municipalRoom('you') : ownRoom)

function deskPage(visit: Visit, desk: Desk, done: boolean): string {
  const { lang } = visit
  const say = words(lang)
  return renderPage(
    <Page
      {...frame(visit, '/objections', roomFor(visit))}
      title={say('answer.title')}
      lead={say('answer.lead')}
      robots="noindex"
    >
      {done && <Notice lang={lang} kind="ok" title={say('answer.done')} />}
      {desk.waiting.length === 0 ? (
        <EmptyState title={say('answer.none')}>{say('answer.noneWhat')}</EmptyState>
      ) : (
        <ul class="mine-rows">
          {desk.waiting.map((one) => {
            const day = sayDate(answerBy(one.askedOn), lang)
            return (
              <li>
                <p>
                  <strong>
                    <OwnWords
                      text={say('answer.from', { name: one.name, place: one.community?.name ?? say('answer.entry') })}
                    />
                  </strong>
                </p>
                <p>{say(isLate(one, desk.today) ? 'answer.late' : 'answer.due', { day })}</p>
                <p>
                  <a href={`/objections/${one.id}`}>
                    {say('answer.read')}
                    <span class="away">
                      : <OwnWords text={one.name} />
                    </span>
                  </a>
                </p>
              </li>
            )
          })}
        </ul>
      )}
      {desk.answered > 0 && <p class="soft">{say('answer.answered', { count: desk.answered })}</p>}
      {desk.rooms && (
        <Part id="rooms" title={say('answer.rooms')}>
          <p>{say('answer.roomsLead')}</p>
          <Table
            caption={say('answer.rooms')}
            quiet
            columns={[say('answer.place'), say('answer.who'), say('answer.since'), say('answer.open')]}
            rows={desk.rooms.map(({ name, association, since, waiting }) => [
              <OwnWords text={name} />,
              association === null ? say('answer.municipalityNow') : <OwnWords text={association} />,
              sayDate(wallTimeIn(desk.timeZone, since).date, lang),
              waiting === null ? '–' : String(waiting),
            ])}
          />
        </Part>
      )}
    </Page>,
  )
}

function answerPage(visit: Visit, one: Objection, typed?: { text: string; problem: string | null }): string {
  const { lang } = visit
  const say = words(lang)
  const problems: Problem[] = typed?.problem
    ? [
        {
          field: 'text',
          message: say(
            typed.problem === 'missing' ? 'answer.missing' : typed.problem === 'cpr' ? 'object.cpr' : 'object.long',
          ),
        },
      ]
    : []
  return renderPage(
    <Page
      {...frame(visit, `/objections/${one.id}`, roomFor(visit))}
      title={say('answer.one', { name: one.name })}
      heading={<OwnWords text={say('answer.one', { name: one.name })} />}
      eyebrow={<OwnWords text={one.community?.name ?? say('answer.entry')} />}
      lead={say('answer.asked', { day: sayDate(one.askedOn, lang) })}
      problems={problems}
      robots="noindex"
    >
      <Voice>
        <OwnWords text={one.text} />
      </Voice>
      {one.answer ? (
        <Notice lang={lang} kind="info" title={say('answer.done')}>
          <p>
            <OwnWords text={one.answer.text} />
          </p>
          <p class="soft">
            <OwnWords text={`${one.answer.by} · ${sayDate(one.answer.on, lang)}`} />
          </p>
        </Notice>
      ) : (
        <Sheet>
          <p>{say('answer.due', { day: sayDate(answerBy(one.askedOn), lang) })}</p>
          <form method="post" action={`/objections/${one.id}`} novalidate>
            <TextArea
              lang={lang}
              name="text"
              label={say('answer.text')}
              hint={say('answer.hint')}
              value={typed?.text}
              maxlength={longestObjection}
              rows={6}
              error={problemOf(problems, 'text')}
            />
            <Button>{say('answer.send')}</Button>
          </form>
        </Sheet>
      )}
      {typed?.problem === null && (
        <TextArea lang={lang} name="text" label={say('answer.text')} value={typed.text} rows={6} />
      )}
      <p>
        <ButtonLink kind="quiet" href="/objections">
          {say('answer.title')}
        </ButtonLink>
      </p>
    </Page>,
  )
}
