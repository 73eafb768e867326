// Hvis vi gik i morgen for those who are paid to become unnecessary: the outline of a quarter that is over, and nothing that tells of single people.
import type { Visit } from '../access/visit.ts'
import { dayAfter } from '../clock.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Sheet } from '../ui/parts.tsx'
import { Moments } from './moments.page.tsx'
import { Outlined, OutlineTable, sayPhase, sayQuarter, sayTogether } from './outline.page.tsx'
import type { Outlines } from './outlines.deeds.ts'
import { words } from './words.ts'

export function forMunicipalityPage(visit: Visit, { community, outlines }: Outlines, then: string | null): string {
  const { lang } = visit
  const say = words(lang)
  const { slug, name } = community
  const newest = outlines[0]
  const heading = !newest
    ? say('left.title')
    : newest.outline.employees === 0
      ? say('left.nobodyToGo')
      : say('left.headlineRounded', { held: sayTogether(newest.outline, lang) })
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${slug}/if-we-left`, 'municipal')}
      title={`${say('left.title')} · ${name}`}
      heading={heading}
      eyebrow={<OwnWords text={name} />}
    >
      {newest ? (
        <>
          <Newest visit={visit} slug={slug} first={newest.first} outline={newest.outline} />
          <Moments visit={visit} slug={slug} outlines={outlines} then={then} keeps={false} />
        </>
      ) : (
        <EmptyState title={say('outline.none')}>
          <p>{say('outline.noneWhy')}</p>
        </EmptyState>
      )}
      <p class="soft">{say('left.municipalWhy')}</p>
      <p>
        <a href={`/c/${slug}/withdrawal`}>{say('left.back')}</a>
      </p>
    </Page>,
  )
}

function Newest({
  visit: { lang },
  slug,
  first,
  outline,
}: {
  visit: Visit
  slug: string
  first: string
  outline: Outlines['outlines'][number]['outline']
}) {
  const say = words(lang)
  const label = say('outline.says', { quarter: sayQuarter(first, lang) })
  return (
    <>
      <p class="soft net-lead">
        {say('left.basisMunicipal', { count: outline.ties, day: sayDate(dayAfter(quarterAfter(first), -1), lang) })}{' '}
        {say('left.recorded', { ...outline.recorded })}
      </p>
      <div class="net-columns">
        <Outlined lang={lang} outline={outline} label={label} />
        <div class="stack">
          <Sheet eyebrow={say('outline.nextEyebrow')} title={say('outline.nextTitle')}>
            <p>{say('outline.next')}</p>
            <Actions>
              <ButtonLink href={`/c/${slug}/withdrawal#passed-on`}>{say('outline.nextGo')}</ButtonLink>
            </Actions>
          </Sheet>
          <p>
            <b>{say(`left.phase.${outline.phase}`)}</b> {sayPhase(outline, lang)}
          </p>
          {outline.brokerage !== null && <p>{say('left.brokerage', { percent: outline.brokerage })}</p>}
        </div>
      </div>
      <OutlineTable lang={lang} outline={outline} label={label} />
    </>
  )
}

const quarterAfter = (first: string): string => {
  const months = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1 + 3
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-01`
}
