// The doors of saying it aloud: the page of the one who speaks, and the page of the one who writes it down for them.
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { Child } from 'hono/jsx'
import type { Visit, Visited } from '../../access/visit.ts'
import { cookieOf, cookieText, notKept, protectingHeaders } from '../../door.ts'
import { refuse } from '../../refusal.ts'
import { Actions, Button, ButtonLink, Choice, Field, type Problem, problemOf, TextArea, Tick } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { roomOf } from '../../ui/whose-room.tsx'
import { eveningDays, statementKinds } from '../evening.ts'
import { issueEveningToken, readEveningToken } from '../evening-token.ts'
import { eyebrowOf } from '../exit-card.page.tsx'
import type { Hall, MeetingInHall } from '../hall.ts'
import { readCode } from '../meeting-code.ts'
import { approve, forgetVoice, hear, ownVoice, speak, voiceToWrite, writeAgain, writeDown } from './voice.deeds.ts'
import type { VoiceRow } from './voice.queries.ts'
import {
  largestSound,
  longestSeconds,
  longestWriter,
  readNumber,
  readSpoken,
  readWritten,
  type SpokenProblem,
  sayNumber,
  type WrittenProblem,
} from './voice.ts'
import { words } from './words.ts'

const recording = 'src/meetings/voice/record.island.ts'
const readAloud = 'src/ui/read-aloud.island.ts'

/** Here alone a page may use the microphone and play a sound, and both only its own. */
const withSound = {
  ...notKept,
  'permissions-policy': 'geolocation=(), microphone=(self), camera=()',
  'content-security-policy': `${protectingHeaders['content-security-policy']}; media-src 'self' blob:`,
}

export function voicePages(hall: Hall): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.use('/m/:code/voice', bodyLimit({ maxSize: largestSound + 65_536, onError: () => refuse('too-large') }))
  pages.use('/m/:code/hear', bodyLimit({ maxSize: 65_536, onError: () => refuse('too-large') }))

  const meetingAt = async (c: Context<Visited>): Promise<MeetingInHall> =>
    (await hall.find(readCode(c.req.param('code') ?? '') ?? refuse('code.unknown'))) ?? refuse('code.unknown')

  const tokenOf = (c: Context<Visited>, meeting: MeetingInHall): Buffer | null =>
    readEveningToken(hall.house, meeting.id, 'evening', cookieOf(c.req.header('cookie'), 'evening'))

  /** The phone's token; a phone without one gets it with the answer. */
  function ownToken(c: Context<Visited>, meeting: MeetingInHall): Buffer {
    const known = tokenOf(c, meeting)
    if (known) return known
    const value = issueEveningToken(hall.house, meeting.id, 'evening')
    const secure = c.get('visit').origin.startsWith('https:')
    const cookie = cookieText({
      name: 'evening',
      value,
      path: `/m/${meeting.code}`,
      seconds: eveningDays * 86_400,
      secure,
    })
    c.header('set-cookie', cookie, { append: true })
    return readEveningToken(hall.house, meeting.id, 'evening', value) ?? refuse('busy')
  }

  pages.get('/m/:code/voice', async (c) => {
    const meeting = await meetingAt(c)
    const visit = c.get('visit')
    if (!meeting.stage)
      return c.html(
        frame(visit, meeting, { title: words(visit.lang)('title') }, <NotBegun visit={visit} meeting={meeting} />),
        200,
        withSound,
      )
    const token = tokenOf(c, meeting)
    const voice = token && (await ownVoice(hall, meeting, token))
    return c.html(voice ? waitingPage(visit, meeting, voice) : speakPage(visit, meeting), 200, withSound)
  })

  pages.post('/m/:code/voice', async (c) => {
    const meeting = await meetingAt(c)
    const visit = c.get('visit')
    const form = await c.req.parseBody()
    const here = `/m/${meeting.code}/voice?lang=${visit.lang}`
    const token = ownToken(c, meeting)
    switch (form.do) {
      case 'yes': {
        const text = String(form.text ?? '')
        await approve(hall, meeting, token, { text, openTo: form.public ? 'public' : 'hall' })
        return c.redirect(
          (await ownVoice(hall, meeting, token)) ? here : `/m/${meeting.code}/mine?lang=${visit.lang}`,
          303,
        )
      }
      case 'again':
        await writeAgain(hall, meeting, token)
        return c.redirect(here, 303)
      case 'delete':
        await forgetVoice(hall, meeting, token)
        return c.redirect(here, 303)
      default: {
        const read = await readSpoken(form.kind, form.sound)
        if (!read.ok)
          return c.html(
            speakPage(visit, meeting, { problems: read.problems, kind: String(form.kind ?? '') }),
            400,
            withSound,
          )
        await speak(hall, meeting, token, read.spoken, visit.lang)
        return c.redirect(here, 303)
      }
    }
  })

  pages.get('/m/:code/voice/sound', async (c) => {
    const meeting = await meetingAt(c)
    const token = tokenOf(c, meeting)
    const voice = token && (await ownVoice(hall, meeting, token))
    return sound(c, hall, voice ?? refuse('voice.unknown'))
  })

  pages.get('/m/:code/hear', async (c) => {
    const meeting = await meetingAt(c)
    const visit = c.get('visit')
    const typed = c.req.query('number')
    if (c.req.query('saved')) return c.html(savedPage(visit, meeting), 200, withSound)
    if (typed === undefined) return c.html(numberPage(visit, meeting), 200, withSound)
    const number = readNumber(typed)
    if (!number) return c.html(numberPage(visit, meeting, typed), 400, withSound)
    const voice = await voiceToWrite(hall, meeting, number)
    return c.html(writePage(visit, meeting, voice), 200, withSound)
  })

  pages.post('/m/:code/hear', async (c) => {
    const meeting = await meetingAt(c)
    const visit = c.get('visit')
    const form = new URLSearchParams(await c.req.text())
    const voice = await voiceToWrite(hall, meeting, readNumber(form.get('number') ?? ''))
    const said = { text: form.get('text') ?? '', writer: form.get('writer') ?? '' }
    const read = readWritten(said.text, said.writer)
    if (!read.ok) return c.html(writePage(visit, meeting, voice, { ...said, problem: read.problem }), 400, withSound)
    await writeDown(hall, voice, read.written)
    return c.redirect(`/m/${meeting.code}/hear?saved=1&lang=${visit.lang}`, 303)
  })

  pages.get('/m/:code/hear/sound', async (c) => {
    const meeting = await meetingAt(c)
    return sound(c, hall, await voiceToWrite(hall, meeting, readNumber(c.req.query('number') ?? '')))
  })

  return pages
}

async function sound(c: Context<Visited>, hall: Hall, voice: VoiceRow): Promise<Response> {
  const bytes = await hear(hall, voice)
  return c.body(new Uint8Array(bytes), 200, { ...notKept, 'content-type': voice.mime })
}

interface Frame {
  title: string
  lead?: Child
  problems?: readonly Problem[] | undefined
  scripts?: readonly string[]
  page?: 'voice' | 'hear'
}

const frame = (
  { lang }: Visit,
  meeting: MeetingInHall,
  { title, lead, problems, scripts, page }: Frame,
  children: Child,
) =>
  renderPage(
    <Page
      room={roomOf(meeting.community, 'code')}
      lang={lang}
      kind="phone"
      title={title}
      eyebrow={eyebrowOf(meeting, lang)}
      lead={lead}
      problems={problems}
      scripts={scripts}
      languages={page && { da: `/m/${meeting.code}/${page}?lang=da`, en: `/m/${meeting.code}/${page}?lang=en` }}
      robots="noindex"
    >
      <div class="stack" data-read-label={words(lang)('readAloud')}>
        {children}
      </div>
      <p>
        <a href={`/m/${meeting.code}?lang=${lang}`}>{words(lang)('back')}</a>
      </p>
    </Page>,
  )

const NotBegun = ({ visit }: { visit: Visit; meeting: MeetingInHall }) => <p>{words(visit.lang)('notBegun')}</p>

function speakPage(
  visit: Visit,
  meeting: MeetingInHall,
  again?: { problems: readonly SpokenProblem[]; kind: string },
): string {
  const say = words(visit.lang)
  const problems = again?.problems.map((code) => ({
    field: code === 'kind' ? 'kind' : 'sound',
    message: say(`problem.${code}`),
  }))
  return frame(
    visit,
    meeting,
    { title: say('title'), lead: say('lead'), problems, scripts: [recording, readAloud], page: 'voice' },
    <>
      <form
        id="voice"
        method="post"
        action={`/m/${meeting.code}/voice?lang=${visit.lang}`}
        enctype="multipart/form-data"
        novalidate
      >
        <div data-read>
          <Choice
            lang={visit.lang}
            name="kind"
            form="voice"
            legend={say('kind')}
            options={statementKinds.map((kind) => ({ value: kind, label: say(`kinds.${kind}`) }))}
            value={again?.kind}
            error={problemOf(problems, 'kind')}
          />
        </div>
        <div class={problemOf(problems, 'sound') ? 'field mend' : 'field'}>
          <label class="question" for="sound">
            {say('sound')}
          </label>
          <p class="soft small" id="sound-hint">
            {say('soundHint', { seconds: longestSeconds })}
          </p>
          {problemOf(problems, 'sound') && (
            <p class="wrong" id="sound-error">
              {problemOf(problems, 'sound')}
            </p>
          )}
          <input
            type="file"
            id="sound"
            name="sound"
            accept="audio/*"
            capture="user"
            aria-describedby={problemOf(problems, 'sound') ? 'sound-hint sound-error' : 'sound-hint'}
            data-record
            data-most={String(longestSeconds)}
            data-start={say('start')}
            data-stop={say('stop')}
            data-again={say('again')}
            data-listening={say('listening')}
            data-done={say('done')}
            data-no={say('no')}
          />
        </div>
        <Actions>
          <Button wide>{say('send')}</Button>
        </Actions>
      </form>
      <p>
        <a href={`/m/${meeting.code}/hear?lang=${visit.lang}`}>{say('hearTitle')}</a>
      </p>
    </>,
  )
}

function waitingPage(visit: Visit, meeting: MeetingInHall, voice: VoiceRow): string {
  const say = words(visit.lang)
  const path = `/m/${meeting.code}/voice`
  const act = (what: 'again' | 'delete', label: string) => (
    <form method="post" action={`${path}?lang=${visit.lang}`} enctype="multipart/form-data">
      <input type="hidden" name="do" value={what} />
      <Button kind="quiet">{label}</Button>
    </form>
  )
  const listen = (
    <figure class="stack">
      <figcaption class="kind">{say('own')}</figcaption>
      {/* biome-ignore lint/a11y/useMediaCaption: what was said is being written down by the one who listens */}
      <audio controls preload="none" src={`${path}/sound`} />
    </figure>
  )
  if (voice.text === null)
    return frame(
      visit,
      meeting,
      { title: say('waitingTitle'), lead: say('waiting'), scripts: [readAloud] },
      <>
        <div data-read>
          <p class="kind">{say('number')}</p>
          <p class="told-number">{sayNumber(voice.number)}</p>
          <p>{say('where')}</p>
        </div>
        <Actions>
          <ButtonLink href={`${path}?lang=${visit.lang}`}>{say('look')}</ButtonLink>
        </Actions>
        {listen}
        {act('delete', say('delete'))}
        <p class="soft small">{say('deleted')}</p>
      </>,
    )
  return frame(
    visit,
    meeting,
    {
      title: say('writtenTitle'),
      lead: voice.writer ? say('writtenBy', { writer: voice.writer }) : say('writtenBySomebody'),
      scripts: [readAloud],
    },
    <>
      <div data-read>
        <blockquote class="said" lang={voice.lang} dir="auto">
          {voice.text}
        </blockquote>
      </div>
      {listen}
      <form method="post" action={`${path}?lang=${visit.lang}`} enctype="multipart/form-data">
        <input type="hidden" name="do" value="yes" />
        <input type="hidden" name="text" value={voice.text} />
        <Tick lang={visit.lang} name="public" label={say('public')} />
        <Actions>
          <Button wide>{say('yes')}</Button>
        </Actions>
      </form>
      <p class="soft small">{say('gone')}</p>
      <Actions>
        {act('again', say('writeAgain'))}
        {act('delete', say('delete'))}
      </Actions>
    </>,
  )
}

function numberPage(visit: Visit, meeting: MeetingInHall, typed?: string): string {
  const say = words(visit.lang)
  const problems = typed === undefined ? undefined : [{ field: 'number', message: say('problem.number') }]
  return frame(
    visit,
    meeting,
    { title: say('hearTitle'), lead: say('hearLead'), problems, page: 'hear' },
    <form method="get" action={`/m/${meeting.code}/hear`}>
      <input type="hidden" name="lang" value={visit.lang} />
      <Field
        lang={visit.lang}
        name="number"
        label={<span class="question">{say('hearNumber')}</span>}
        hint={say('hearNumberHint')}
        inputmode="numeric"
        size={8}
        value={typed}
        error={problemOf(problems, 'number')}
      />
      <Actions>
        <Button wide>{say('hear')}</Button>
      </Actions>
    </form>,
  )
}

function writePage(
  visit: Visit,
  meeting: MeetingInHall,
  voice: VoiceRow,
  again?: { text: string; writer: string; problem: WrittenProblem },
): string {
  const say = words(visit.lang)
  const problems = again && [
    { field: again.problem === 'writerLong' ? 'writer' : 'text', message: say(`problem.${again.problem}`) },
  ]
  return frame(
    visit,
    meeting,
    { title: say('writeTitle'), lead: say('writeLead'), problems },
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: the caption is what the one who listens is writing */}
      <audio controls src={`/m/${meeting.code}/hear/sound?number=${voice.number}`} />
      <form method="post" action={`/m/${meeting.code}/hear?lang=${visit.lang}`} novalidate>
        <input type="hidden" name="number" value={voice.number} />
        <TextArea
          lang={visit.lang}
          name="text"
          label={say('text')}
          maxlength={280}
          voice
          value={again?.text ?? voice.text ?? undefined}
          error={problemOf(problems, 'text')}
        />
        <Field
          lang={visit.lang}
          name="writer"
          label={say('writer')}
          hint={say('writerHint')}
          optional
          maxlength={longestWriter}
          autocomplete="given-name"
          value={again?.writer}
          error={problemOf(problems, 'writer')}
        />
        <Actions>
          <Button wide>{say('save')}</Button>
        </Actions>
      </form>
    </>,
  )
}

const savedPage = (visit: Visit, meeting: MeetingInHall): string => {
  const say = words(visit.lang)
  return frame(
    visit,
    meeting,
    { title: say('hearTitle') },
    <Notice lang={visit.lang} kind="ok">
      {say('saved')}
    </Notice>,
  )
}
