// Before the municipality promises something: six questions, what is to be settled first, and a short note for the leader.
import { randomUUID } from 'node:crypto'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button, ButtonLink, Choice, problemOf, TextArea } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { BalanceSeen } from './balance.deeds.ts'
import { type CheckProblem, hintsInCheck, longest, questions, replies, toSettle } from './balance.ts'
import type { Again } from './said.tsx'
import { words } from './words.ts'

export const checkMendings = (lang: Lang, problems: readonly CheckProblem[]) =>
  problems.map(({ field, code }) => ({ field, message: words(lang)(`problem.${code}`, { count: longest.note }) }))

export function checkPage(visit: Visit, place: { name: string; slug: string }, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${place.slug}/promise`
  const said = (name: string) => again?.said.get(name) ?? undefined
  return renderPage(
    <Page
      {...frame(visit, path, municipalRoom())}
      title={say('check.title')}
      eyebrow={<OwnWords text={place.name} />}
      lead={say('check.lead')}
      problems={again?.problems}
      robots="noindex"
    >
      <form method="post" action={path} novalidate>
        <input type="hidden" name="id" value={said('id') ?? randomUUID()} />
        <TextArea
          lang={lang}
          name="promise"
          label={say('check.promise')}
          hint={say('check.promiseHint')}
          voice
          rows={2}
          maxlength={longest.promise}
          value={said('promise')}
          error={problemOf(again?.problems, 'promise')}
        />
        {questions.map((question) => (
          <Choice
            lang={lang}
            name={question}
            legend={say(`question.${question}`)}
            hint={say(`questionHint.${question}`)}
            options={replies.slice(0, 2).map((reply) => ({ value: reply, label: say(`reply.${reply}`) }))}
            last={{ value: 'unsure', label: say('reply.unsure') }}
            value={said(question)}
            error={problemOf(again?.problems, question)}
          />
        ))}
        <TextArea
          lang={lang}
          name="note"
          label={say('check.note')}
          hint={say('check.noteHint')}
          optional
          rows={3}
          maxlength={longest.note}
          value={said('note')}
          error={problemOf(again?.problems, 'note')}
        />
        <Button wide>{say('check.keep')}</Button>
      </form>
    </Page>,
  )
}

/** For an employee their places and their checks; for a leader all notes. */
export function balancePage(visit: Visit, { places, checks }: BalanceSeen): string {
  const { lang } = visit
  const say = words(lang)
  const leads = visit.actor.role === 'leader'
  return renderPage(
    <Page
      {...frame(visit, '/balance', municipalRoom())}
      title={say('balance.title')}
      lead={say(leads ? 'balance.leadLeader' : 'balance.lead')}
      robots="noindex"
    >
      <Part id="places" title={say('balance.places')}>
        <ul class="rows-of-links">
          {places.map(({ slug, name }) => (
            <li>
              <b>
                <OwnWords text={name} />
              </b>
              <Actions>
                <ButtonLink kind="quiet" href={`/c/${slug}/steps`}>
                  {say('steps.title')}
                </ButtonLink>
                {!leads && (
                  <ButtonLink kind="quiet" href={`/c/${slug}/promise`}>
                    {say('check.open')}
                  </ButtonLink>
                )}
              </Actions>
            </li>
          ))}
        </ul>
      </Part>
      <Part id="checks" title={say(leads ? 'balance.notes' : 'balance.checks')}>
        {checks.length === 0 && <EmptyState title={say('balance.none')} />}
        <ul class="checks">
          {checks.map((check) => {
            const open = toSettle(check)
            return (
              <li id={`k-${check.id}`}>
                <p>
                  <b>
                    <OwnWords text={check.promise} />
                  </b>{' '}
                  <span class="soft">
                    <OwnWords text={check.place} /> · {sayDate(check.checkedOn, lang)}
                  </span>
                </p>
                <p>
                  {open.length === 0 ? (
                    <Chip tone="beech">{say('balance.fine')}</Chip>
                  ) : (
                    <Chip tone="glow">{say('balance.settle', { count: open.length })}</Chip>
                  )}
                </p>
                {open.length > 0 && (
                  <ul>
                    {open.map((question) => (
                      <li>{say(`settle.${question}`)}</li>
                    ))}
                  </ul>
                )}
                {check.note && (
                  <p>
                    <OwnWords text={check.note} />
                  </p>
                )}
                {!leads && hintsInCheck(check).map((hint) => <p class="soft">{say(`hint.${hint}`)}</p>)}
              </li>
            )
          })}
        </ul>
      </Part>
    </Page>,
  )
}
