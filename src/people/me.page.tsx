// Who I am in a place: my name and contact, my own choice, what I say yes to, my groups, and whether another entry is me, too.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDay } from '../communities/times.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part, Sheet } from '../ui/parts.tsx'
import { newestVersion, purposes, textOf } from './consents.ts'
import type { SelfSeen } from './me.deeds.ts'
import { peopleFrame } from './people-frame.ts'
import type { Again } from './person.page.tsx'
import { asFields } from './person.ts'
import { mendings, PersonFields } from './person-form.tsx'
import { words } from './words.ts'

export interface SelfProps {
  visit: Visit
  seen: SelfSeen
  told?: 'new' | 'kept' | 'saved' | undefined
  again?: (Again & { elsewhere?: boolean }) | undefined
}

export function selfPage({ visit, seen, told, again }: SelfProps): string {
  const { community, person, own, groups } = seen
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/me`
  const problems = mendings(lang, again?.problems)
  // Who has only kept what they did on this phone has no other way in.
  const onlyHere = visit.person?.session.via === 'kept'
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/me', 'you')}
      title={say('me.title', { place: community.name })}
      lead={say('me.lead')}
      problems={problems && problems.length > 0 ? problems : undefined}
    >
      {told === 'new' && (
        <Notice lang={lang} kind="ok" title={say('me.new')} live>
          <p>{say('me.newWhat')}</p>
        </Notice>
      )}
      {told === 'kept' && <Notice lang={lang} kind="ok" title={say('me.kept')} live />}
      {told === 'saved' && <Notice lang={lang} kind="ok" title={say('me.saved')} live />}
      {again?.elsewhere && (
        <Notice lang={lang} kind="warn" title={say('me.elsewhere')}>
          <p>{say('me.elsewhereWhat')}</p>
        </Notice>
      )}
      {onlyHere && (
        <Sheet title={say('me.wayBack')}>
          <p>{say('me.wayBackWhat')}</p>
          <Actions>
            <ButtonLink href="/me">{say('me.wayBackDo')}</ButtonLink>
          </Actions>
        </Sheet>
      )}
      {seen.unreached && (
        <Notice lang={lang} kind="warn" title={say('me.unreached')}>
          <p>{say('me.unreachedWhat', { mail: person.mail ?? '' })}</p>
        </Notice>
      )}
      <Twins visit={visit} seen={seen} here={here} />
      <Part id="about" title={say('me.about')}>
        <form method="post" action={here} novalidate>
          <input type="hidden" name="lang" value={lang} />
          <input type="hidden" name="seen" value={person.rev} />
          <PersonFields lang={lang} said={again?.said ?? asFields({ ...person, ...own })} problems={problems} />
          <Actions>
            <Button>{say('form.save')}</Button>
          </Actions>
        </form>
      </Part>
      <Consents visit={visit} seen={seen} here={here} />
      <Part id="groups" title={say('me.groups')}>
        {groups.length === 0 ? (
          <p>{say('me.noGroups')}</p>
        ) : (
          <ul>
            {groups.map(({ name, saidYes }) => (
              <li>
                <OwnWords text={name} /> {!saidYes && <Chip tone="glow">{say('person.asked')}</Chip>}
              </li>
            ))}
          </ul>
        )}
      </Part>
      {seen.known ? (
        <p class="ways not-printed">
          <a href={`/c/${community.slug}/contacts`}>{say('people.contacts')}</a>
        </p>
      ) : (
        <p class="soft">{say('me.newcomer')}</p>
      )}
    </Page>,
  )
}

interface PartProps {
  visit: Visit
  seen: SelfSeen
  here: string
}

function Consents({ visit: { lang }, seen, here }: PartProps) {
  const say = words(lang)
  const { consents, community } = seen
  return (
    <Part id="consents" title={say('me.consents')}>
      <p>{say('me.consentsWhat')}</p>
      {purposes.map((purpose) => {
        const given = consents.find((one) => one.purpose === purpose)
        const day = given ? sayDay(given.givenAt, community.timeZone, lang) : ''
        return (
          <form method="post" action={`${here}/consent`} class="consent" id={purpose}>
            <h3>{say(`consent.${purpose}.title`)}</h3>
            <p>{textOf(lang, purpose)}</p>
            <input type="hidden" name="purpose" value={purpose} />
            {given && (
              <p class="base">
                {say(
                  given.medium === 'tap' ? 'me.given' : given.medium === 'paper' ? 'me.givenPaper' : 'me.givenVoice',
                  {
                    day,
                  },
                )}
              </p>
            )}
            {given && given.version < newestVersion(purpose) && (
              <p class="small">{say('me.givenOld', { text: textOf(lang, purpose, given.version) })}</p>
            )}
            <Actions>
              {given ? (
                <Button kind="quiet" name="said" value="no">
                  {say('me.no')}
                </Button>
              ) : (
                <Button kind="quiet" name="said" value="yes">
                  {say('me.yes')}
                  <span class="away">: {say(`consent.${purpose}.title`)}</span>
                </Button>
              )}
            </Actions>
          </form>
        )
      })}
    </Part>
  )
}

/** "Er det også dig?", and what has come of it. */
function Twins({ visit: { lang }, seen, here }: PartProps) {
  const say = words(lang)
  const { twins, merges, person, community } = seen
  if (twins.length + merges.length === 0) return null
  const ask = ({ id, hasAccount }: { id: string; hasAccount: boolean }, text: string) => (
    <form method="post" action={`${here}/twin`} class="consent">
      <input type="hidden" name="other" value={id} />
      <p>
        <OwnWords text={text} />
      </p>
      {hasAccount && <p>{say('me.twinAccount')}</p>}
      <Actions>
        <Button name="said" value="yes">
          {say('me.twinYes')}
        </Button>
        <Button kind="quiet" name="said" value="no">
          {say('me.twinNo')}
        </Button>
      </Actions>
    </form>
  )
  return (
    <Part id="twins" title={say('me.twins')}>
      {twins.map((one) => ask(one, say('me.twin', { name: one.name })))}
      {merges.map(({ id, kept, gone, keptYes, goneYes, doneAt }) => {
        const other = kept.id === person.id ? gone : kept
        const mine = kept.id === person.id ? keptYes : goneYes
        if (doneAt)
          return (
            <form method="post" action={`${here}/undo`} class="consent">
              <input type="hidden" name="merge" value={id} />
              <p>
                <OwnWords
                  text={say('me.merged', { name: other.name, day: sayDay(doneAt, community.timeZone, lang) })}
                />
              </p>
              <Actions>
                <Button kind="quiet">{say('me.undo')}</Button>
              </Actions>
              <p class="soft small">{say('me.undoUntil')}</p>
            </form>
          )
        if (!mine) return ask(other, say('me.twinAsks', { name: other.name }))
        return (
          <p>
            <OwnWords text={say(other.hasAccount ? 'me.twinWaits' : 'me.twinWaitsKey', { name: other.name })} />
          </p>
        )
      })}
    </Part>
  )
}
