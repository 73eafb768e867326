// One person for the key holders of their place: what they have said, corrected for who has no account; and the forms to write somebody down.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDate, sayDay } from '../communities/times.ts'
import { Actions, Button, ButtonLink } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Facts, Part, Sheet } from '../ui/parts.tsx'
import { purposes, textOf } from './consents.ts'
import type { PersonSeen } from './people.deeds.ts'
import { peopleFrame } from './people-frame.ts'
import { type Person, type PersonProblem, sayLanguages } from './person.ts'
import { ConsentTicks, mendings, PersonFields, ToldByChoice } from './person-form.tsx'
import { DoneMerges, TwinPairs } from './twins.page.tsx'
import { words } from './words.ts'

export interface Again {
  said: URLSearchParams
  problems: readonly PersonProblem[]
}

/** The form for somebody who says yes on paper or aloud. `id` is new for each page. */
export function addPage(visit: Visit, community: Community, id: string, again?: Again): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/people`
  const problems = mendings(lang, again?.problems)
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/people/new', 'keyholders')}
      title={say('add.title')}
      lead={say('add.lead')}
      problems={problems}
    >
      <form method="post" action={`${here}/new`} novalidate>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="id" value={id} />
        <PersonFields lang={lang} said={again?.said} problems={problems} other="new" />
        <ToldByChoice lang={lang} said={again?.said} problems={problems} />
        <h2>{say('add.consents')}</h2>
        <ConsentTicks lang={lang} said={again?.said} />
        <Actions>
          <Button>{say('add.send')}</Button>
          <ButtonLink kind="quiet" href={here}>
            {say('form.not')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

interface CorrectProps extends Again {
  visit: Visit
  community: Community
  person: Person
  elsewhere?: boolean | undefined
}

export function correctPage({ visit, community, person, said, problems: wrong, elsewhere }: CorrectProps): string {
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/people/${person.id}`
  const problems = mendings(lang, wrong)
  return renderPage(
    <Page
      {...peopleFrame(visit, community, `/people/${person.id}/change`, 'keyholders')}
      title={say('person.correctTitle', { name: person.name })}
      heading={<OwnWords text={say('person.correctTitle', { name: person.name })} />}
      problems={problems}
    >
      {elsewhere && (
        <Notice lang={lang} kind="warn" title={say('me.elsewhere')}>
          <p>{say('me.elsewhereWhat')}</p>
        </Notice>
      )}
      <form method="post" action={`${here}/change`} novalidate>
        <input type="hidden" name="lang" value={lang} />
        <input type="hidden" name="seen" value={person.rev} />
        <PersonFields lang={lang} said={said} problems={problems} other="kept" />
        <Actions>
          <Button>{say('form.save')}</Button>
          <ButtonLink kind="quiet" href={here}>
            {say('form.not')}
          </ButtonLink>
        </Actions>
      </form>
    </Page>,
  )
}

export function personPage(visit: Visit, seen: PersonSeen, told?: string): string {
  const { community, person, groups } = seen
  const { lang } = visit
  const say = words(lang)
  const here = `/c/${community.slug}/people/${person.id}`
  return renderPage(
    <Page
      {...peopleFrame(visit, community, `/people/${person.id}`, 'keyholders')}
      title={person.name}
      heading={<OwnWords text={person.name} />}
      eyebrow={say('people.title', { place: community.name })}
      lead={`${say('person.since', { day: sayDate(person.joinedOn, lang) })} · ${say(person.existsBy === 'came' ? 'by.came' : `by.${person.medium}`)}`}
    >
      {told && <Notice lang={lang} kind="ok" title={told} live />}
      {seen.unreached && (
        <Notice lang={lang} kind="warn" title={say('person.unreached')}>
          <p>{say('person.unreachedWhat', { name: person.name })}</p>
        </Notice>
      )}
      {!person.knownOn && (
        <Sheet>
          <p>{say('person.unknown', { name: person.name })}</p>
          <form method="post" action={`${here}/know`}>
            <Actions>
              <Button name="known" value="yes">
                {say('person.know')}
              </Button>
            </Actions>
          </form>
        </Sheet>
      )}
      <Part id="facts" title={say('person.facts')}>
        <Facts
          facts={[
            [say('people.wish'), say(`wish.short.${person.contactWish}`)],
            ...(person.telephone
              ? [
                  [
                    say('form.telephone'),
                    <a href={`tel:${person.telephone.replace(/[^\d+]/g, '')}`}>{person.telephone}</a>,
                  ] as const,
                ]
              : []),
            ...(person.mail ? [[say('form.mail'), <bdi>{person.mail}</bdi>] as const] : []),
            [say('person.languages'), sayLanguages(person.languages, lang) || say('person.noLanguages')],
          ]}
        />
        <Actions>
          {person.hasAccount ? (
            <p class="soft">{say('person.own', { name: person.name })}</p>
          ) : (
            <ButtonLink kind="quiet" href={`${here}/change`}>
              {say('person.correct')}
            </ButtonLink>
          )}
          <ButtonLink kind="quiet" href={`${here}/card`}>
            {say('person.card')}
          </ButtonLink>
        </Actions>
      </Part>
      <Consents visit={visit} seen={seen} here={here} />
      {groups.length > 0 && (
        <Part id="groups" title={say('person.groups')}>
          <ul>
            {groups.map(({ name, saidYes }) => (
              <li>
                <OwnWords text={name} /> {!saidYes && <Chip tone="glow">{say('person.asked')}</Chip>}
              </li>
            ))}
          </ul>
        </Part>
      )}
      {seen.twins.length > 0 && (
        <Part id="twins" title={say('twins.title')}>
          <TwinPairs lang={lang} community={community} pairs={seen.twins} merges={[]} />
        </Part>
      )}
      <TwinPairs lang={lang} community={community} pairs={[]} merges={seen.merges} />
      <DoneMerges lang={lang} community={community} merges={seen.merges} />
      {person.knownOn && (
        <form method="post" action={`${here}/know`}>
          <p class="soft small">{say('person.known')}</p>
          <Actions>
            <Button kind="quiet" name="known" value="no">
              {say('person.unknow')}
            </Button>
          </Actions>
        </form>
      )}
      {!person.hasAccount && (
        <p class="ways not-printed">
          <a href={`${here}/kept`}>
            <OwnWords text={say('person.kept', { name: person.name })} />
          </a>
          <a href={`${here}/ties`}>
            <OwnWords text={say('person.ties', { name: person.name })} />
          </a>
          <a href={`${here}/path`}>
            <OwnWords text={say('person.path', { name: person.name })} />
          </a>
          <a href={`${here}/out`}>
            <OwnWords text={say('person.out', { name: person.name })} />
          </a>
        </p>
      )}
      <p class="ways not-printed">
        <a href={`/c/${community.slug}/people`}>{say('person.toAll')}</a>
      </p>
    </Page>,
  )
}

/** What they have said yes to. For who has no account, a key holder writes it down and strikes it out. */
function Consents({ visit: { lang }, seen, here }: { visit: Visit; seen: PersonSeen; here: string }) {
  const say = words(lang)
  const { person, consents, community } = seen
  const shown = person.hasAccount ? purposes.filter((one) => consents.some(({ purpose }) => purpose === one)) : purposes
  return (
    <Part id="consents" title={say('person.consents')}>
      {shown.length === 0 && <p>{say('person.noConsents')}</p>}
      {shown.map((purpose) => {
        const given = consents.find((one) => one.purpose === purpose)
        return (
          <form method="post" action={`${here}/consent`} class="consent">
            <h3>{say(`consent.${purpose}.title`)}</h3>
            <p>{textOf(lang, purpose, given?.version)}</p>
            <input type="hidden" name="purpose" value={purpose} />
            {given && (
              <p class="base">
                {say(`by.${given.medium}`)}, {sayDay(given.givenAt, community.timeZone, lang)}
              </p>
            )}
            {!person.hasAccount && (
              <Actions>
                {given ? (
                  <Button kind="quiet" name="said" value="no">
                    {say('person.back')}
                  </Button>
                ) : (
                  <>
                    <Button kind="quiet" name="said" value="paper">
                      {say('person.onPaper')}
                    </Button>
                    <Button kind="quiet" name="said" value="voice">
                      {say('person.aloud')}
                    </Button>
                  </>
                )}
              </Actions>
            )}
          </form>
        )
      })}
    </Part>
  )
}
