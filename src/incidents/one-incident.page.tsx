// One incident on one page: the clock, who is touched, the two decisions, the letters, and every step.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { purposeKeys } from '../data-map/purposes.ts'
import { words as mapWords } from '../data-map/words.ts'
import { Button, Choice, type Problem, problemOf, TextArea } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table, Voice } from '../ui/parts.tsx'
import { municipalRoom } from '../ui/whose-room.tsx'
import type { IncidentSeen } from './incident.deeds.ts'
import { type Decision, decisions, type Incident, mayClose } from './incident.ts'
import { incidentClock } from './incident-clock.ts'
import { words } from './words.ts'

/** The 72 hours in words: how many are left, that they are over, or that Datatilsynet is decided about. */
export function sayClock({ lang, house }: Visit, one: Incident): string {
  const say = words(lang)
  if (one.closedAt) return say('incident.closed')
  if (one.tellAuthority !== null) return say('incident.decided')
  const { overdue, hoursLeft, hoursOver } = incidentClock(one.noticedAt, house.clock.now())
  return overdue ? say('incident.over', { count: hoursOver }) : say('incident.left', { count: hoursLeft })
}

export interface TypedDeed {
  deed: string
  tell: string
  text: string
  problems: Problem[]
}

export function incidentPage(visit: Visit, seen: IncidentSeen, typed?: TypedDeed): string {
  const { lang, house } = visit
  const say = words(lang)
  const { incident, steps, counts, places, municipality } = seen
  const here = `/incidents/${incident.id}`
  const when = (at: Date) => sayDayAndTime(at, municipality.timeZone, lang)
  const { deadline, overdue } = incidentClock(incident.noticedAt, house.clock.now())
  const waits = incident.closedAt === null && incident.tellAuthority === null
  const touched = places.filter(({ id }) => incident.communities.includes(id))
  const kinds = purposeKeys
    .filter((one) => incident.kinds.includes(one))
    .map((one) => mapWords(lang)(`purpose.${one}.title`))
    .join(' · ')
  const people = counts.map(
    (one) =>
      [
        one.community === null
          ? say('incident.entryRoom')
          : (places.find(({ id }) => id === one.community)?.name ?? ''),
        one.people,
      ] as const,
  )
  const values = {
    municipality: municipality.name,
    when: when(incident.noticedAt),
    what: incident.what,
    kinds,
    people: people.map(([room, n]) => `${room}: ${n}`).join(' · '),
  }
  return renderPage(
    <Page
      {...frame(visit, here, municipalRoom('officer'))}
      title={say('incident.one', { when: when(incident.noticedAt) })}
      lead={sayClock(visit, incident)}
      problems={typed?.problems}
      robots="noindex"
    >
      {waits && overdue && (
        <Notice lang={lang} kind="error" title={say('incident.late')}>
          <p>{say('incident.lateWhat')}</p>
        </Notice>
      )}
      <Facts
        facts={[
          [say('incident.what'), <OwnWords text={incident.what} />],
          [say('incident.deadline'), when(deadline)],
          [say('incident.kinds'), kinds],
        ]}
      />
      <Part id="people" title={say('incident.touched')}>
        <Table
          caption={say('incident.touched')}
          quiet
          columns={[say('incident.room'), say('incident.howMany')]}
          numbers={[1]}
          rows={people.map(([room, n]) => [<OwnWords text={room} />, n])}
        />
        {touched
          .filter(({ keeper }) => keeper !== null)
          .map(({ name, keeper }) => (
            <>
              <p>
                <OwnWords text={say('incident.association', { place: name, association: keeper ?? '' })} />
              </p>
              <Voice source={say('incident.give')}>
                <OwnWords text={say('incident.toAssociation', { ...values, association: keeper ?? '' })} />
              </Voice>
            </>
          ))}
      </Part>
      {decisions.map((one) => (
        <Deciding visit={visit} here={here} one={one} incident={incident} typed={typed} draft={values} />
      ))}
      <Part id="steps" title={say('incident.steps')}>
        <Table
          caption={say('incident.steps')}
          quiet
          columns={[say('incident.at'), say('incident.by'), say('incident.step'), say('incident.why')]}
          rows={steps.map((step) => [
            when(step.at),
            step.by,
            say(`incident.did.${step.what}`),
            <OwnWords text={step.text ?? '–'} />,
          ])}
        />
        <form method="post" action={`${here}/note`} novalidate>
          <TextArea
            lang={lang}
            name="note-why"
            label={say('incident.note')}
            value={typed?.deed === 'note' ? typed.text : ''}
            maxlength={2000}
            error={problemOf(typed?.problems, 'note-why')}
          />
          <Button kind="quiet">{say('incident.noteDo')}</Button>
        </form>
      </Part>
      {incident.closedAt === null && (
        <Part id="close" title={say('incident.close')}>
          <p>{say(mayClose(incident) ? 'incident.closeWhat' : 'incident.closeNot')}</p>
          {mayClose(incident) && (
            <form method="post" action={`${here}/close`}>
              <Button>{say('incident.closeDo')}</Button>
            </form>
          )}
        </Part>
      )}
    </Page>,
  )
}

interface DecidingProps {
  visit: Visit
  here: string
  one: Decision
  incident: Incident
  typed: TypedDeed | undefined
  draft: { municipality: string; when: string; what: string; kinds: string; people: string }
}

/** One of the two decisions: what is decided, or the form; and the letter, ready to be copied. */
function Deciding({ visit, here, one, incident, typed, draft }: DecidingProps) {
  const { lang } = visit
  const say = words(lang)
  const tell = one === 'authority' ? incident.tellAuthority : incident.tellPeople
  const why = one === 'authority' ? incident.authorityWhy : incident.peopleWhy
  const mine = typed?.deed === one ? typed : undefined
  return (
    <Part id={one} title={say(`incident.${one}`)}>
      <p>{say(`incident.${one}What`)}</p>
      {tell !== null && (
        <Facts
          facts={[
            [say('incident.decision'), say(tell ? 'incident.yes' : 'incident.no')],
            [say('incident.why'), <OwnWords text={why ?? ''} />],
          ]}
        />
      )}
      {incident.closedAt === null && (
        <form method="post" action={`${here}/${one}`} novalidate>
          <Choice
            lang={lang}
            name={`${one}-tell`}
            legend={say('incident.tell')}
            plain
            options={[
              { value: 'yes', label: say('incident.yes') },
              { value: 'no', label: say('incident.no') },
            ]}
            value={mine?.tell}
            error={problemOf(typed?.problems, `${one}-tell`)}
          />
          <TextArea
            lang={lang}
            name={`${one}-why`}
            label={say('incident.why')}
            value={mine?.text}
            maxlength={2000}
            error={problemOf(typed?.problems, `${one}-why`)}
          />
          <Button kind={tell === null ? 'primary' : 'quiet'}>
            {say(tell === null ? 'incident.decide' : 'incident.again')}
          </Button>
        </form>
      )}
      <details>
        <summary>{say(`incident.${one}Draft`)}</summary>
        <Voice source={say('incident.copy')}>
          <OwnWords text={say(`incident.${one}Letter`, draft)} />
        </Voice>
      </details>
    </Part>
  )
}
