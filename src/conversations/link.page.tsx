// What the other opens by their own link, with or without a way in: what they are asked to, and afterwards what they have agreed to.
import type { Visit } from '../access/visit.ts'
import { withWay } from '../access/way.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { Field, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import { NoteShown, PromisesShown } from './note-shown.tsx'
import type { OwnNote } from './notes.deeds.ts'
import { type Again, Press } from './said.tsx'
import { AnswerForm } from './talk.page.tsx'
import { longest } from './talk.ts'
import type { LinkSeen } from './talks.deeds.ts'
import { sayWhen, sayWhere } from './when-said.ts'
import { words } from './words.ts'

interface LinkProps {
  visit: Visit
  token: string
  seen: LinkSeen
  own: OwnNote
  again?: Again | undefined
  told?: string | undefined
}

export function linkPage({ visit, token, seen, own, again, told }: LinkProps): string {
  const { lang } = visit
  const say = words(lang)
  const { talk, belongs } = seen
  const path = `/s/${token}`
  const room = talk.room === 'municipal' ? municipalRoom('two') : ({ whose: 'nobody', seen: 'link' } as const)
  return renderPage(
    <Page
      {...frame(visit, path, room)}
      title={say('link.title', { name: talk.starterName })}
      heading={<OwnWords text={say('link.title', { name: talk.starterName })} />}
      eyebrow={<OwnWords text={talk.place} />}
      problems={again?.problems}
      robots="noindex"
    >
      {told && (talk.answer !== 'waiting' || told === 'wrong') && (
        <Notice
          lang={lang}
          kind="ok"
          title={say(
            told === 'wrong' ? 'link.toldWrong' : `link.told.${talk.answer === 'waiting' ? 'no' : talk.answer}`,
          )}
          live
        />
      )}
      <Facts
        facts={[
          [say('talk.why'), <OwnWords text={talk.purpose} />],
          [say('talk.when'), sayWhen(talk, lang)],
          [say('talk.where'), <OwnWords text={sayWhere(talk, lang)} />],
        ]}
      />
      {!talk.heldOn && (
        <Part id="answer" title={say('link.answer')}>
          <AnswerForm visit={visit} action={path}>
            {!belongs && (
              <Field
                lang={lang}
                name="name"
                label={say('link.name')}
                hint={say('link.nameHint')}
                autocomplete="given-name"
                maxlength={longest.name}
                value={again?.said.get('name') ?? talk.otherName ?? undefined}
                error={problemOf(again?.problems, 'name')}
              />
            )}
          </AnswerForm>
          {!visit.person && (
            <p class="soft">
              {say('link.signIn')} <a href={withWay('/in', path)}>{say('link.signInDo')}</a>
            </p>
          )}
        </Part>
      )}
      {talk.wrongBy && seen.mayRead && (
        <Notice
          lang={lang}
          kind="info"
          title={
            talk.wrongBy === 'other' ? (
              say('wrong.byYou')
            ) : (
              <OwnWords text={say('wrong.byOther', { name: talk.starterName })} />
            )
          }
        >
          <p>{say('wrong.how')}</p>
        </Notice>
      )}
      {talk.heldOn && belongs && !talk.otherIsHere && (
        <Press action={path} kind="primary" fields={{ answer: 'yes' }}>
          {say('link.claim')}
        </Press>
      )}
      {own.note && (
        <Part id="note" title={say('note.title')}>
          <NoteShown lang={lang} note={own.note} talk={talk} />
          <Press action={`${path}/wrong`}>{say('note.wrong')}</Press>
          <p class="soft">{say('note.wrongHow')}</p>
        </Part>
      )}
      {own.promises.length > 0 && (
        <Part id="promises" title={say('promise.title')}>
          <PromisesShown lang={lang} promises={own.promises} talk={talk} today={seen.today} />
        </Part>
      )}
      <p class="soft">{say('link.kept')}</p>
    </Page>,
  )
}
