// What lies on the tables of an evening, to be printed: the door list, slips for words, sheets for dots, cards for promises.

import { type Context, Hono } from 'hono'
import type { Child } from 'hono/jsx'
import type { Visited } from '../../access/visit.ts'
import { notKept } from '../../door.ts'
import type { Lang } from '../../i18n/catalogue.ts'
import { refuse } from '../../refusal.ts'
import { Actions, Button, Field } from '../../ui/forms.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Table } from '../../ui/parts.tsx'
import { FourCards, PaperLines, PrintTools } from '../../ui/poster.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { statementKinds } from '../evening.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { Hall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import type { MeetingHere } from '../meetings.queries.ts'
import { blankSheets, readPeople, rowsOnDoorSheet } from './blank-sheets.ts'
import { words } from './words.ts'

export function blankSheetPages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  const meetingOf = async (c: Context<Visited>): Promise<MeetingHere> =>
    (await hall.find(readCode(c.req.param('code') ?? '') ?? refuse('code.unknown'))) ?? refuse('code.unknown')

  pages.get('/m/:code/paper', async (c) => {
    const meeting = await meetingOf(c)
    const themes = (await hall.evenings.of(meeting.id))?.themes.length ?? 0
    const people = readPeople(c.req.query('people'))
    return c.html(overviewPage(c.get('visit').lang, meeting, people, themes), 200, notKept)
  })

  pages.get('/m/:code/paper/door', async (c) =>
    c.html(doorSheet(c.get('visit').lang, await meetingOf(c)), 200, notKept),
  )
  pages.get('/m/:code/paper/words', async (c) => c.html(slips(c.get('visit').lang, await meetingOf(c)), 200, notKept))
  pages.get('/m/:code/paper/promises', async (c) =>
    c.html(promiseCards(c.get('visit').lang, await meetingOf(c)), 200, notKept),
  )
  pages.get('/m/:code/paper/dots', async (c) => {
    const meeting = await meetingOf(c)
    const evening = await hall.evenings.of(meeting.id)
    const themes = evening?.themes.map(({ name }) => name) ?? []
    return c.html(dotSheets(c.get('visit').lang, meeting, themes, evening?.dotsEach ?? 3), 200, notKept)
  })
  return pages
}

/** Every sheet, what it is for, and how many to print. */
function overviewPage(lang: Lang, meeting: MeetingHere, people: number, themes: number): string {
  const say = words(lang)
  const path = `/m/${meeting.code}/paper`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="page"
      title={say('sheets.title')}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={say('sheets.lead')}
      languages={{ da: `${path}?people=${people}&lang=da`, en: `${path}?people=${people}&lang=en` }}
      robots="noindex"
    >
      <form method="get" action={path}>
        <Field
          lang={lang}
          name="people"
          label={say('sheets.people')}
          inputmode="numeric"
          size={5}
          maxlength={4}
          value={String(people)}
        />
        <Actions>
          <Button kind="quiet">{say('sheets.reckon')}</Button>
        </Actions>
      </form>
      <Table
        caption={say('sheets.title')}
        quiet
        columns={[say('sheets.sheet'), say('sheets.what'), say('sheets.count')]}
        rows={blankSheets(people, themes).map(({ sheet, count }) => [
          <a href={`${path}/${sheet}`}>{say(`sheets.${sheet}.title`)}</a>,
          say(`sheets.${sheet}.what`),
          say('sheets.pages', { count }),
        ])}
      />
      <p>{say('sheets.after')}</p>
      <p class="ways not-printed">
        <a href={`/m/${meeting.code}/lead`}>{say('scribe.desk')}</a>
        <a href={`/m/${meeting.code}/scribe`}>{say('scribe.title')}</a>
      </p>
    </Page>,
  )
}

interface SheetProps {
  lang: Lang
  meeting: MeetingHere
  sheet: 'door' | 'words' | 'dots' | 'promises'
  children: Child
}

/** A page of sheets, with what to know before they are printed. */
function printed({ lang, meeting, sheet, children }: SheetProps): string {
  const say = words(lang)
  const other: Lang = lang === 'da' ? 'en' : 'da'
  const path = `/m/${meeting.code}/paper`
  return renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="sheet"
      title={say(`sheets.${sheet}.title`)}
      heading={false}
      robots="noindex"
    >
      <PrintTools lang={lang} title={say(`sheets.${sheet}.title`)}>
        <p>{say(`sheets.${sheet}.how`)}</p>
        <p>
          <a href={`${path}/${sheet}?lang=${other}`} hreflang={other}>
            {say('sheets.other')}
          </a>{' '}
          · <a href={path}>{say('sheets.title')}</a>
        </p>
      </PrintTools>
      {children}
    </Page>,
  )
}

/** The list at the door. It says who sees it. */
function doorSheet(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  return printed({
    lang,
    meeting,
    sheet: 'door',
    children: (
      <article class="blank-sheet door-sheet">
        <header>
          <p class="small">{eyebrowOf(meeting, lang)}</p>
          <h2>{say('sheets.door.head')}</h2>
          <p>{say('sheets.door.promise')}</p>
        </header>
        <table>
          <caption class="away">{say('sheets.door.head')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('scribe.column.name')}</th>
              <th scope="col">{say('sheets.door.first')}</th>
              <th scope="col">{say('sheets.door.brought')}</th>
            </tr>
          </thead>
          <tbody>
            {Array.from({ length: rowsOnDoorSheet }, () => (
              <tr>
                <td />
                <td>
                  <i /> {say('sheets.door.yes')} <i /> {say('sheets.door.no')}
                </td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
        <p class="small">{say('sheets.door.foot')}</p>
      </article>
    ),
  })
}

/** Four slips on an A4, one of each kind: what is unbearable never lies on a table without what gives hope. */
function slips(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  return printed({
    lang,
    meeting,
    sheet: 'words',
    children: (
      <div class="four">
        {statementKinds.map((kind) => (
          <section class="paper-card slip">
            <header>
              <p class="small">{eyebrowOf(meeting, lang)}</p>
              <h2>{say(`sheets.words.${kind}`)}</h2>
            </header>
            <PaperLines question={say(`sheets.words.${kind}How`)} lines={8} />
            <p class="small">{say('sheets.words.promise')}</p>
          </section>
        ))}
      </div>
    ),
  })
}

/** Four cards for promises. They carry a name: they are read aloud. */
function promiseCards(lang: Lang, meeting: MeetingHere): string {
  const say = words(lang)
  return printed({
    lang,
    meeting,
    sheet: 'promises',
    children: (
      <FourCards>
        <header>
          <p class="small">{eyebrowOf(meeting, lang)}</p>
          <h2>{say('sheets.promises.head')}</h2>
        </header>
        <PaperLines question={say('sheets.promises.one')} lines={3} />
        <PaperLines question={say('sheets.promises.when')} lines={1} />
        <PaperLines question={say('sheets.promises.whom')} lines={1} />
        <PaperLines question={say('sheets.promises.name')} lines={1} />
        <PaperLines question={say('sheets.promises.telephone')} lines={1} />
        <p class="small">{say('sheets.promises.promise')}</p>
      </FourCards>
    ),
  })
}

/** Half a page for each theme, to hang on the wall; empty ones to write on while there are none. */
function dotSheets(lang: Lang, meeting: MeetingHere, themes: readonly string[], dotsEach: number): string {
  const say = words(lang)
  const shown: readonly (string | null)[] = themes.length > 0 ? themes : [null, null, null, null]
  return printed({
    lang,
    meeting,
    sheet: 'dots',
    children: (
      <div class="dot-sheets">
        {shown.map((name) => (
          <section class="dot-sheet">
            <h2>
              {name === null ? (
                <>
                  <i class="to-write" />
                  <span class="away">{say('scribe.dots.theme')}</span>
                </>
              ) : (
                <bdi>{name}</bdi>
              )}
            </h2>
            <p>{say('sheets.dots.put', { count: dotsEach })}</p>
            <div class="dot-field" />
            <p class="dot-total">
              {say('sheets.dots.total')} <i />
            </p>
          </section>
        ))}
      </div>
    ),
  })
}
