// What somebody who is asked sees: who asks, where their address is from, a yes that is their own, and a no with one tap.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { contactWishes, type PersonProblem } from '../people/person.ts'
import { mendings } from '../people/person-form.tsx'
import { words as peopleWords } from '../people/words.ts'
import { Actions, Button, Choice, Field, type Problem, problemOf, Tick } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { doorstep, roomOf } from '../ui/whose-room.tsx'
import type { QuestionSeen } from './answer.deeds.ts'
import { readSecret } from './secrets.ts'
import { askedDays } from './take-in.deeds.ts'
import { words } from './words.ts'

export interface AnswerAgain {
  said: URLSearchParams
  problems: readonly PersonProblem[]
  wrongDigits?: boolean
}

interface AnswerProps {
  visit: Visit
  secret: string
  question: QuestionSeen
  again?: AnswerAgain | undefined
}

const frameOf = ({ visit, secret, question }: AnswerProps) => ({
  ...frame(
    visit,
    `/asked/${secret}`,
    roomOf({ name: question.place, slug: question.slug, keeper: question.keeper }, 'link'),
  ),
  robots: 'noindex',
})

export function answerPage(p: AnswerProps): string {
  const { visit, secret, question, again } = p
  const { lang } = visit
  const say = words(lang)
  const them = peopleWords(lang)
  const problems: Problem[] = [
    ...(mendings(lang, again?.problems) ?? []),
    ...(again?.wrongDigits ? [{ field: 'digits', message: say('answer.wrongDigits') }] : []),
  ]
  const value = (name: string) => again?.said.get(name) ?? undefined
  const wishes = contactWishes.filter(
    (wish) => wish === 'none' || wish === 'paper' || (wish === 'mail' ? question.mail : question.telephone),
  )
  return renderPage(
    <Page
      {...frameOf(p)}
      title={say('answer.title', { place: question.place })}
      lead={say('answer.lead', { asker: question.asker })}
      problems={problems}
    >
      <form method="post" action={`/asked/${secret}/yes`} novalidate>
        {!visit.person && (
          <>
            <Field
              lang={lang}
              name="name"
              label={them('form.name')}
              autocomplete="name"
              maxlength={60}
              value={value('name') ?? question.name}
              error={problemOf(problems, 'name')}
            />
            <Choice
              lang={lang}
              name="wish"
              plain
              legend={them('wish.ask')}
              options={wishes.map((wish) => ({ value: wish, label: them(`wish.${wish}`) }))}
              value={value('wish')}
            />
            <Tick
              lang={lang}
              name="of15"
              label={them('join.of15')}
              hint={them('join.of15Why')}
              checked={value('of15') === 'yes'}
              error={problemOf(problems, 'of15')}
            />
          </>
        )}
        {question.digits && readSecret(secret)?.link && (
          <Field
            lang={lang}
            name="digits"
            label={say('answer.digits')}
            hint={say('answer.digitsWhy')}
            inputmode="numeric"
            size={8}
            value={value('digits')}
            error={problemOf(problems, 'digits')}
          />
        )}
        <Button wide>{say('answer.yes')}</Button>
      </form>
      <form method="post" action={`/asked/${secret}/no`}>
        <Button kind="quiet" wide>
          {say('answer.no')}
        </Button>
        <p class="hint">{say('answer.noWhat')}</p>
      </form>
      <Part id="from" title={say('answer.fromTitle')}>
        <Facts
          facts={[
            [say('answer.source'), <OwnWords text={question.source} />],
            [say('answer.saidBy'), <OwnWords text={question.saidBy} />],
            [
              say('answer.kept'),
              <OwnWords
                text={[question.name, question.mail, question.telephone, question.address].filter(Boolean).join(' · ')}
              />,
            ],
          ]}
        />
        <p>{say('answer.forgotten', { days: askedDays })}</p>
      </Part>
    </Page>,
  )
}

/** Behind the line at the end of a mail: the no alone. */
export function noPage(p: AnswerProps): string {
  const say = words(p.visit.lang)
  return renderPage(
    <Page {...frameOf(p)} title={say('answer.noTitle')} lead={say('answer.noWhat')}>
      <form method="post" action={`/asked/${p.secret}/no`}>
        <Button wide>{say('answer.no')}</Button>
      </form>
      <p>
        <a href={`/asked/${p.secret}`}>{say('answer.noBack')}</a>
      </p>
    </Page>,
  )
}

export function forgottenPage(lang: Lang): string {
  const say = words(lang)
  return renderPage(
    <Page
      lang={lang}
      kind="phone"
      room={doorstep}
      title={say('answer.gone')}
      lead={say('answer.goneWhat')}
      robots="noindex"
    >
      <p>
        <a href="/">{say('answer.front')}</a>
      </p>
    </Page>,
  )
}

/** For the code that stands on a letter. */
export function codePage(lang: Lang, typed?: string): string {
  const say = words(lang)
  const problems: Problem[] = typed === undefined ? [] : [{ field: 'code', message: say('code.wrong') }]
  return renderPage(
    <Page
      lang={lang}
      kind="phone"
      room={doorstep}
      title={say('code.title')}
      lead={say('code.lead')}
      problems={problems}
      languages={{ da: '/asked?lang=da', en: '/asked?lang=en' }}
      robots="noindex"
    >
      <form method="post" action="/asked" novalidate>
        <Field
          lang={lang}
          name="code"
          code
          label={say('code.label')}
          hint={say('code.hint')}
          maxlength={40}
          value={typed}
          error={problemOf(problems, 'code')}
        />
        <Actions>
          <Button wide>{say('code.send')}</Button>
        </Actions>
      </form>
    </Page>,
  )
}
