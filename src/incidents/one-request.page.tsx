// One request: who asks, and the three steps to the answer: find them, pass the question on, give the answer.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, Button, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { OneSeen, RequestSeen } from './access-request.deeds.ts'
import type { Match } from './access-request.queries.ts'
import { words } from './words.ts'

export const sayDaysLeft = ({ lang }: Pick<Visit, 'lang'>, days: number): string => {
  const say = words(lang)
  if (days < 0) return say('request.over', { count: -days })
  return days === 0 ? say('request.today') : say('request.left', { count: days })
}

export const sayState = (visit: Pick<Visit, 'lang'>, one: RequestSeen): string =>
  one.answeredOn === null
    ? sayDaysLeft(visit, one.daysLeft)
    : words(visit.lang)('request.answeredOn', { day: sayDate(one.answeredOn, visit.lang) })

/** What has come of it so far: who was found, what was typed, what is to be mended. */
interface SoFar {
  found?: readonly Match[]
  because?: string
  problems?: Problem[]
}

export function onePage(visit: Visit, seen: OneSeen, { found, because, problems }: SoFar = {}): string {
  const { lang } = visit
  const say = words(lang)
  const { request } = seen
  const here = `/access-requests/${request.id}`
  const open = request.answeredOn === null
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom('officer'))}
      title={say('request.of', { name: request.name })}
      heading={<OwnWords text={say('request.of', { name: request.name })} />}
      lead={sayState(visit, request)}
      problems={problems}
      robots="noindex"
    >
      <Facts
        facts={[
          [say('request.received'), sayDate(request.receivedOn, lang)],
          ...(open ? [[say('request.by'), sayDate(request.by, lang)] as const] : []),
          ...(request.mail ? [[say('request.mail'), <OwnWords text={request.mail} />] as const] : []),
          ...(request.telephone ? [[say('request.telephone'), request.telephone] as const] : []),
          [say('request.reason'), <OwnWords text={request.reason} />],
          ...(request.extendedBecause
            ? [[say('request.extended'), <OwnWords text={request.extendedBecause} />] as const]
            : []),
        ]}
      />
      {open && (
        <Part id="find" title={say('request.find')}>
          <p>{say('request.findWhat')}</p>
          {found && <Found visit={visit} here={here} seen={seen} found={found} problems={problems} />}
          <form method="post" action={`${here}/find`}>
            <Actions>
              <Button kind={found ? 'quiet' : 'primary'}>{say(found ? 'request.findAgain' : 'request.findDo')}</Button>
            </Actions>
          </form>
        </Part>
      )}
      <Elsewhere visit={visit} here={here} seen={seen} />
      {open && (
        <Part id="answer" title={say('request.answer')}>
          <p>{say('request.answerWhat')}</p>
          <form method="post" action={`${here}/answered`}>
            <Actions>
              <Button kind="quiet">{say('request.answered')}</Button>
            </Actions>
          </form>
          {request.extendedBecause === null && (
            <details open={because !== undefined || undefined}>
              <summary>{say('request.longer')}</summary>
              <form method="post" action={`${here}/extend`} novalidate>
                <TextArea
                  lang={lang}
                  name="because"
                  label={say('request.because')}
                  hint={say('request.becauseHint')}
                  value={because}
                  maxlength={1000}
                  error={problemOf(problems, 'because')}
                />
                <Actions>
                  <Button kind="quiet">{say('request.extend')}</Button>
                </Actions>
              </form>
            </details>
          )}
        </Part>
      )}
    </Page>,
  )
}

interface StepProps {
  visit: Visit
  here: string
  seen: OneSeen
}

interface FoundProps extends StepProps {
  found: readonly Match[]
  problems: Problem[] | undefined
}

/** Whoever fits, with a tick for each room: the answer is put together from those. */
function Found({ visit: { lang }, here, seen, found, problems }: FoundProps) {
  const say = words(lang)
  if (found.length === 0)
    return (
      <Notice lang={lang} kind="ok" title={say('request.nobody')} live>
        <p>{say('request.nobodyWhat')}</p>
      </Notice>
    )
  const nameOf = (id: string) => seen.places.find((one) => one.id === id)?.name ?? ''
  return (
    <form method="post" action={`${here}/pack`}>
      <fieldset class={problems?.length ? 'choice mend' : 'choice'} aria-describedby="who-hint">
        <legend>{say('request.found', { count: found.length })}</legend>
        <p class="hint" id="who-hint">
          {say('request.foundHint', { count: found.length })}
        </p>
        {problems?.map(({ message }) => (
          <p class="wrong">{message}</p>
        ))}
        {found.map((one) => (
          <label class="option">
            <input
              type="checkbox"
              id={`person-${one.person}`}
              name="person"
              value={one.person}
              checked={found.length === 1 || undefined}
            />
            <span>
              <OwnWords text={one.name} />
              <small>
                <OwnWords text={nameOf(one.community)} />
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <Actions>
        <Button>{say('request.open')}</Button>
      </Actions>
    </form>
  )
}

/** Rooms that an association answers for. Whether who asks is in them, the municipality does not see. */
function Elsewhere({ visit: { lang }, here, seen }: StepProps) {
  const say = words(lang)
  const kept = seen.places.filter(({ keeper }) => keeper !== null)
  const state = (community: string) => {
    const one = seen.passedOn.find((passed) => passed.community === community)
    if (!one) return null
    return one.answeredOn
      ? say('request.saidThere', { day: sayDate(one.answeredOn, lang) })
      : say('request.passedOn', { day: sayDate(one.passedOn, lang) })
  }
  return (
    <Part id="elsewhere" title={say('request.elsewhere')}>
      {kept.length === 0 ? (
        <p>{say('request.elsewhereNone')}</p>
      ) : (
        <>
          <p>{say('request.elsewhereWhat')}</p>
          <Table
            caption={say('request.elsewhere')}
            quiet
            columns={[say('request.place'), say('request.keeper'), say('request.onward')]}
            rows={kept.map((one) => [
              <a href={`/c/${one.slug}`}>
                <OwnWords text={one.name} />
              </a>,
              <OwnWords text={one.keeper ?? ''} />,
              state(one.id) ??
                (seen.request.answeredOn === null ? (
                  <form method="post" action={`${here}/pass-on/${one.slug}`}>
                    <Button kind="quiet">
                      {say('request.passOn')}
                      <span class="away"> {say('request.passOnTo', { keeper: one.keeper ?? '' })}</span>
                    </Button>
                  </form>
                ) : (
                  '–'
                )),
            ])}
          />
        </>
      )}
    </Part>
  )
}
