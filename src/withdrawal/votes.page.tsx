// The place's own votes: what was voted, the one that waits for somebody else, and the form that types the count.
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import {
  Actions,
  Button,
  ButtonLink,
  Choice,
  DateField,
  Field,
  type Problem,
  problemOf,
  TextArea,
} from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Sheet, Table } from '../ui/parts.tsx'
import type { PartProps } from './leaving.page.tsx'
import { isStepOut, longestFarewell, nextPhases, present } from './phase.ts'
import { typedDay } from './said.ts'
import type { Leaving } from './withdrawal.deeds.ts'
import type { VoteSeen } from './withdrawal.queries.ts'
import { words } from './words.ts'

const sayCount = (lang: Lang, vote: VoteSeen): string =>
  words(lang)('vote.count', { yes: vote.yes, no: vote.no, blank: vote.blank, count: present(vote) })

const sayStep = (lang: Lang, { from, to }: VoteSeen): string => {
  const say = words(lang)
  return say('vote.change', { from: say(`phase.${from}`).toLowerCase(), to: say(`phase.${to}`).toLowerCase() })
}

export function Votes({ visit, seen: { community, votes, items, eye } }: PartProps) {
  const { lang } = visit
  const say = words(lang)
  const path = `/c/${community.slug}/withdrawal/vote`
  const waits = votes.find(({ state }) => state === 'typed')
  const left = items.filter(({ receivedAt }) => receivedAt === null).length
  const over = votes.filter(({ state }) => state !== 'typed')
  return (
    <Part id="vote" title={say('vote.title')}>
      <p>{say('vote.lead')}</p>
      {waits && (
        <Sheet eyebrow={say('vote.waits')} title={sayStep(lang, waits)}>
          <p>
            {sayDate(waits.votedOn, lang)}: {sayCount(lang, waits)}
          </p>
          {left > 0 && isStepOut(waits.from, waits.to) && (
            <p>
              {say('vote.itemsLeft', { count: left })} <a href="#passed-on">{say('vote.itemsSee')}</a>
            </p>
          )}
          {waits.mine && <p>{say('vote.mine')}</p>}
          {eye.hosts && (
            <form method="post">
              <Actions>
                {!waits.mine && <Button formaction={`${path}/${waits.id}/yes`}>{say('vote.confirm')}</Button>}
                <Button kind="quiet" formaction={`${path}/${waits.id}/withdraw`}>
                  {say('vote.withdraw')}
                </Button>
              </Actions>
            </form>
          )}
        </Sheet>
      )}
      {over.length === 0 ? (
        !waits && <p class="soft">{say('vote.none')}</p>
      ) : (
        <Table
          caption={say('vote.caption')}
          quiet
          columns={[say('vote.when'), say('vote.what'), say('vote.numbers'), say('vote.state')]}
          rows={over.map((vote) => [
            sayDate(vote.votedOn, lang),
            sayStep(lang, vote),
            sayCount(lang, vote),
            say(`vote.${vote.state}`),
          ])}
        />
      )}
      {eye.hosts && !waits && (
        <Actions>
          <ButtonLink kind="quiet" href={path}>
            {say('vote.new')}
          </ButtonLink>
        </Actions>
      )}
    </Part>
  )
}

/** The form that types the count, for those who host the place. */
export function votePage(
  visit: Visit,
  seen: Pick<Leaving, 'community'>,
  said?: URLSearchParams,
  mend: readonly Problem[] = [],
): string {
  const { lang } = visit
  const say = words(lang)
  const { community } = seen
  const path = `/c/${community.slug}/withdrawal/vote`
  const number = (name: 'yes' | 'no' | 'blank') => (
    <Field
      lang={lang}
      name={name}
      label={say(`vote.${name}`)}
      value={said?.get(name) ?? undefined}
      inputmode="numeric"
      size={4}
      error={problemOf(mend, name)}
    />
  )
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, 'residents')}
      title={`${say('vote.title')} · ${community.name}`}
      heading={say('vote.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('vote.lead')}
      problems={mend}
    >
      <form method="post" action={path} novalidate>
        <Choice
          lang={lang}
          name="to"
          legend={say('vote.to')}
          value={said?.get('to') ?? undefined}
          options={nextPhases(community.presence).map((phase) => ({
            value: phase,
            label: say(`phase.${phase}`),
            hint: say(`phaseMeans.${phase}`),
          }))}
          error={problemOf(mend, 'to')}
        />
        {number('yes')}
        {number('no')}
        {number('blank')}
        <p class="hint">{say('vote.rule')}</p>
        <DateField
          lang={lang}
          name="voted-on"
          legend={say('vote.on')}
          hint={say('vote.onHint')}
          value={typedDay(said, 'voted-on')}
          error={problemOf(mend, 'voted-on')}
        />
        <DateField
          lang={lang}
          name="farewell-on"
          legend={say('vote.farewellOn')}
          hint={say('vote.farewellHint')}
          value={typedDay(said, 'farewell-on')}
          error={problemOf(mend, 'farewell-on')}
        />
        <TextArea
          lang={lang}
          name="farewell"
          label={say('vote.farewell')}
          hint={say('vote.farewellExample')}
          value={said?.get('farewell') ?? undefined}
          maxlength={longestFarewell}
          rows={2}
          optional
          error={problemOf(mend, 'farewell')}
        />
        <p class="hint">{say('vote.two')}</p>
        <Button>{say('vote.send')}</Button>
      </form>
    </Page>,
  )
}
