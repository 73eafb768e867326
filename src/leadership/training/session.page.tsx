// One training, as a page: when and where, a seat with one press, whether one was there, and the list that the hosts keep.
import type { Visit } from '../../access/visit.ts'
import { withWay } from '../../access/way.ts'
import { OwnWords } from '../../communities/own-words.tsx'
import { placeFrame } from '../../communities/place-frame.ts'
import { isMunicipal } from '../../db/as-actor.ts'
import { NameForm } from '../../meetings/coming/name-form.tsx'
import { Actions, Button, ButtonLink, type Problem, problemOf, TextArea } from '../../ui/forms.tsx'
import { Notice } from '../../ui/notices.tsx'
import { Page, renderPage } from '../../ui/page.tsx'
import { Chip, Columns, Facts, Part, Sheet } from '../../ui/parts.tsx'
import { Leads, pathOf, sayRoom, sayWhen } from './said.tsx'
import { mayCallOff, type TrainingOpened } from './training.deeds.ts'
import { hasBegun, longestCancel, mayTick } from './training.ts'
import { handOut, sayModule, words } from './words.ts'

interface Props {
  visit: Visit
  seen: TrainingOpened
  /** Of the form for a name: what is sent twice is written once. */
  formKey: string
  /** What was typed and is to be mended. */
  said?: { words?: string | undefined; name?: string | undefined; mend: readonly Problem[] } | undefined
}

export function trainingPage(p: Props): string {
  const { visit, seen } = p
  const { lang } = visit
  const say = words(lang)
  const { community, training, now, eye } = seen
  const path = pathOf(community, training.id)
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'all')}
      title={sayModule(lang, training.module)}
      eyebrow={
        <>
          {say('session.eyebrow')} · <OwnWords text={community.name} />
        </>
      }
      lead={handOut(lang, training.module).purpose}
      problems={p.said?.mend}
    >
      {training.cancelledAt && <CalledOff visit={visit} seen={seen} />}
      <Columns>
        <Facts
          facts={[
            [say('session.when'), sayWhen(training, community, lang, now)],
            [say('session.where'), <OwnWords text={training.place} />],
            [say('session.leads'), <Leads visit={visit} training={training} />],
            ...(training.cancelledAt || hasBegun(training, now)
              ? []
              : [[say('session.room'), sayRoom(lang, training)] as const]),
          ]}
        />
        <Seat visit={visit} seen={seen} />
      </Columns>
      <ul class="ways-on">
        <li>
          <a href={`/training/${training.module}`}>{say('session.handOut')}</a>
        </li>
        {!training.cancelledAt && !hasBegun(training, now) && (
          <li>
            <a href={`${path}/calendar.ics`}>{say('session.calendar')}</a>
          </li>
        )}
        <li>
          <a href={pathOf(community)}>{say('session.all')}</a>
        </li>
      </ul>
      {eye.hosts && <HostsList {...p} />}
      {mayCallOff(eye, training) && !hasBegun(training, now) && <CallOff {...p} />}
    </Page>,
  )
}

function CalledOff({ visit, seen }: Pick<Props, 'visit' | 'seen'>) {
  const say = words(visit.lang)
  const { training, seat, eye } = seen
  return (
    <Notice lang={visit.lang} kind="warn" title={say('off.title')}>
      {training.cancelWords && (
        <p>
          <OwnWords text={training.cancelWords} />
        </p>
      )}
      <p>{say(seat ? 'off.yours' : 'off.how')}</p>
      {eye.hosts && <p>{say('off.ring')}</p>}
    </Notice>
  )
}

/** What the one who looks can do: sign up, sign off, or say that they were there. */
function Seat({ visit, seen }: Pick<Props, 'visit' | 'seen'>) {
  const { lang } = visit
  const say = words(lang)
  const { community, training, seat, now, eye } = seen
  const path = pathOf(community, training.id)
  if (training.cancelledAt) return null
  if (isMunicipal(visit.actor)) return <p class="soft">{say('seat.municipal')}</p>
  if (!visit.person)
    return (
      <Sheet title={say('seat.paperTitle')}>
        <p>{say('seat.paper')}</p>
        <Actions>
          <ButtonLink kind="quiet" href={withWay('/in', path)}>
            {say('seat.signIn')}
          </ButtonLink>
        </Actions>
      </Sheet>
    )
  if (!eye.belongs) return <p class="soft">{say('seat.elsewhere')}</p>
  if (hasBegun(training, now)) return <WasThere visit={visit} seen={seen} />
  if (!seat)
    return training.isFull ? (
      <Sheet title={say('room.full')}>
        <p>{say('seat.full')}</p>
        <form method="post" action={`${pathOf(community)}/wish/${training.module}/on`}>
          <Button kind="quiet">{say('wish.on')}</Button>
        </form>
      </Sheet>
    ) : (
      <Sheet title={say('seat.title')}>
        <form method="post" action={`${path}/sign-up`}>
          <Button>{say('seat.take')}</Button>
        </form>
        <p class="small soft">{say('seat.who')}</p>
      </Sheet>
    )
  return (
    <Sheet title={say('seat.yours')}>
      <form method="post">
        <Actions>
          <Button kind="quiet" formaction={`${path}/sign-off`}>
            {say('seat.leave')}
          </Button>
          <Button kind="quiet" formaction={`${path}/name/${seat.nameSeen ? 'hide' : 'show'}`}>
            {say(seat.nameSeen ? 'name.hide' : 'name.show')}
          </Button>
        </Actions>
      </form>
      <p class="small soft">{say('name.how')}</p>
      {seen.beside.length > 0 && (
        <p>
          {say('name.beside')} <OwnWords text={seen.beside.join(', ')} />
        </p>
      )}
    </Sheet>
  )
}

function WasThere({ visit, seen }: Pick<Props, 'visit' | 'seen'>) {
  const say = words(visit.lang)
  const { community, training, seat, now } = seen
  const path = pathOf(community, training.id)
  const came = seat?.came ?? false
  const may = mayTick(training, now)
  return (
    <Sheet title={say(came ? 'came.yes' : 'came.title')}>
      {may ? (
        <form method="post" action={`${path}/${came ? 'not-there' : 'was-there'}`}>
          <Button kind={came ? 'quiet' : 'primary'}>{say(came ? 'came.back' : 'came.say')}</Button>
        </form>
      ) : (
        !came && <p>{say('came.late')}</p>
      )}
      <p class="small soft">{say('came.only')}</p>
    </Sheet>
  )
}

/** As a door list: who will come, and afterwards who was there; also those who wrote their name on paper. */
function HostsList({ visit, seen, formKey, said }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { community, training, list, now } = seen
  const path = pathOf(community, training.id)
  const begun = hasBegun(training, now)
  // Sixty days after, the list is as it is.
  const open = !begun || mayTick(training, now)
  return (
    <Part id="list" title={say(begun ? 'hosts.after' : 'hosts.title')}>
      <p>{say(begun ? 'hosts.afterHow' : 'hosts.how')}</p>
      {list.length === 0 ? (
        <p class="soft">{say('hosts.none')}</p>
      ) : (
        <ul class="seats">
          {list.map(({ id, name, came, paper }) => (
            <li>
              <span>
                <OwnWords text={name} /> {paper && <small class="soft">{say('hosts.paper')}</small>}{' '}
                {came && <Chip tone="beech">{say('hosts.came')}</Chip>}
              </span>
              {open && (
                <form method="post">
                  {begun && !training.cancelledAt && (
                    <Button kind="quiet" formaction={`${path}/list/${id}/${came ? 'not-there' : 'was-there'}`}>
                      {say(came ? 'hosts.tickBack' : 'hosts.tick')}
                      <span class="away">: {name}</span>
                    </Button>
                  )}
                  <Button kind="quiet" formaction={`${path}/list/${id}/strike`}>
                    {say('hosts.strike')}
                    <span class="away">: {name}</span>
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
      {!training.cancelledAt && open && (
        <>
          <NameForm
            lang={lang}
            action={`${path}/list`}
            formKey={formKey}
            label={say('hosts.name')}
            hint={say('hosts.nameHint')}
            send={say('hosts.write')}
            quiet
            value={said?.name}
            error={problemOf(said?.mend, 'name')}
          />
          {!begun && (
            <p>
              <a href={`${path}/paper`}>{say('hosts.sheet')}</a>
            </p>
          )}
        </>
      )}
    </Part>
  )
}

function CallOff({ visit, seen, said }: Props) {
  const { lang } = visit
  const say = words(lang)
  return (
    <details class="call-off" open={said?.words !== undefined}>
      <summary>{say('off.do')}</summary>
      <form method="post" action={`${pathOf(seen.community, seen.training.id)}/off`} novalidate>
        <TextArea
          lang={lang}
          name="words"
          label={say('off.words')}
          hint={say('off.wordsHint')}
          maxlength={longestCancel}
          optional
          value={said?.words}
          error={problemOf(said?.mend, 'words')}
        />
        <Button kind="danger">{say('off.press')}</Button>
      </form>
    </details>
  )
}
