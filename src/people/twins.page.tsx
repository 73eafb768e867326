// Who may be written down twice: pairs to ask about, what has been said of them, and what was put together and may be taken apart.
import type { Visit } from '../access/visit.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { sayDay } from '../communities/times.ts'
import type { Lang } from '../i18n/catalogue.ts'
import { Actions, Button } from '../ui/forms.tsx'
import { EmptyState, Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Chip, Part } from '../ui/parts.tsx'
import type { TwinsSeen } from './merge.deeds.ts'
import type { Merge, Pair, Twin } from './merge.queries.ts'
import { peopleFrame } from './people-frame.ts'
import { words } from './words.ts'

export const twinsTold = ['done', 'waiting', 'apart', 'undone'] as const

export function twinsPage(visit: Visit, { community, pairs, merges }: TwinsSeen, told?: (typeof twinsTold)[number]) {
  const { lang } = visit
  const say = words(lang)
  const begun = merges.filter(({ doneAt }) => doneAt === null)
  return renderPage(
    <Page
      {...peopleFrame(visit, community, '/people/twins', 'keyholders')}
      title={say('twins.title')}
      lead={say('twins.lead')}
    >
      {told && <Notice lang={lang} kind="ok" title={say(`twins.told.${told}`)} live />}
      {begun.length > 0 && (
        <Part id="begun" title={say('twins.begun')}>
          <TwinPairs lang={lang} community={community} pairs={[]} merges={begun} />
        </Part>
      )}
      {pairs.length > 0 ? (
        <TwinPairs lang={lang} community={community} pairs={pairs} merges={[]} />
      ) : (
        begun.length === 0 && <EmptyState title={say('twins.none')}>{say('twins.noneHow')}</EmptyState>
      )}
      <DoneMerges lang={lang} community={community} merges={merges} />
      <p class="ways not-printed">
        <a href={`/c/${community.slug}/people`}>{say('person.toAll')}</a>
      </p>
    </Page>,
  )
}

interface PairsProps {
  lang: Lang
  community: Community
  pairs: readonly Pair[]
  /** Those that one of the two has begun. */
  merges: readonly Merge[]
}

export function TwinPairs({ lang, community, pairs, merges }: PairsProps) {
  const say = words(lang)
  return (
    <>
      {merges
        .filter(({ doneAt }) => doneAt === null)
        .map(({ kept, gone, keptYes }) => (
          <OnePair
            lang={lang}
            community={community}
            a={kept}
            b={gone}
            why={say('twins.says', { name: (keptYes ? kept : gone).name, other: (keptYes ? gone : kept).name })}
          />
        ))}
      {pairs.map(({ a, b, sameContact }) => (
        <OnePair
          lang={lang}
          community={community}
          a={a}
          b={b}
          why={say(sameContact ? 'twins.same' : 'twins.sameName')}
        />
      ))}
    </>
  )
}

function OnePair({ lang, community, a, b, why }: { lang: Lang; community: Community; a: Twin; b: Twin; why: string }) {
  const say = words(lang)
  const here = `/c/${community.slug}/people`
  const own = a.hasAccount && b.hasAccount
  return (
    <form method="post" action={`${here}/twins`} class="consent">
      <input type="hidden" name="a" value={a.id} />
      <input type="hidden" name="b" value={b.id} />
      <ul class="names">
        {[a, b].map((one) => (
          <li>
            <a href={`${here}/${one.id}`}>
              <OwnWords text={one.name} />
            </a>
            <span class="soft small">{say(one.hasAccount ? 'people.account' : 'people.noAccount')}</span>
          </li>
        ))}
      </ul>
      <p>
        <Chip tone="ember">{why}</Chip>
      </p>
      {own && <p class="soft small">{say('twins.ownYes')}</p>}
      <Actions>
        {!own && (
          <>
            <Button kind="quiet" name="said" value="paper">
              {say('twins.onPaper')}
            </Button>
            <Button kind="quiet" name="said" value="voice">
              {say('twins.aloud')}
            </Button>
          </>
        )}
        <Button kind="quiet" name="said" value="apart">
          {say('twins.apart')}
        </Button>
      </Actions>
    </form>
  )
}

/** What was put together within the last thirty days. */
export function DoneMerges({ lang, community, merges }: Omit<PairsProps, 'pairs'>) {
  const say = words(lang)
  const done = merges.filter(({ doneAt }) => doneAt !== null)
  if (done.length === 0) return null
  return (
    <Part id="done" title={say('twins.done')}>
      {done.map(({ id, kept, gone, doneAt }) => (
        <form method="post" action={`/c/${community.slug}/people/undo`} class="consent">
          <input type="hidden" name="merge" value={id} />
          <p>
            <OwnWords
              text={say('twins.doneDay', {
                gone: gone.name,
                kept: kept.name,
                day: doneAt ? sayDay(doneAt, community.timeZone, lang) : '',
              })}
            />
          </p>
          <Actions>
            <Button kind="quiet">{say('twins.undo')}</Button>
          </Actions>
          <p class="soft small">{say('twins.undoUntil')}</p>
        </form>
      ))}
    </Part>
  )
}
