// Hvem tog hvem med, as a page: one sentence, the tree, and each number with what it rests on, how sure it is, and why it is shown.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDate } from '../communities/times.ts'
import { EmptyState } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Columns, Part, Sheet, Table } from '../ui/parts.tsx'
import { coarse, fewestForMunicipality, fewestForPercent, fewestForShare, ofHundred, type Share } from './brought.ts'
import type { TreeSeen } from './mobilisation.deeds.ts'
import { DrawnTree, TreeAsText } from './tree.tsx'
import { drawTree } from './tree-drawing.ts'
import { words } from './words.ts'

interface Props {
  visit: Visit
  seen: TreeSeen
}

export function broughtPage(visit: Visit, seen: TreeSeen): string {
  const say = words(visit.lang)
  const { community, municipal, brought } = seen
  const path = `/c/${community.slug}/brought`
  const none = brought.found.firstTimers === 0
  return renderPage(
    <Page
      {...placeFrame(visit, community, path, municipal ? 'municipal' : 'residents')}
      title={`${say('brought.title')} · ${community.name}`}
      heading={headline(visit, seen)}
      eyebrow={
        <>
          {say('brought.title')} · <OwnWords text={community.name} />
        </>
      }
      lead={say('brought.lead')}
    >
      {municipal ? (
        <ForTheMunicipality visit={visit} seen={seen} />
      ) : none ? (
        <EmptyState title={say('brought.headlineNone')}>{say('brought.noneHow')}</EmptyState>
      ) : (
        <ForThePlace visit={visit} seen={seen} />
      )}
      <p>
        {!municipal && (
          <>
            <a href={`/c/${community.slug}/own-card`}>{say('brought.yourCard')}</a>
            {' · '}
          </>
        )}
        <a href={`/c/${community.slug}/withdrawal`}>{say('brought.back')}</a>
      </p>
    </Page>,
  )
}

function headline({ lang }: Visit, { municipal, brought }: TreeSeen): string {
  const say = words(lang)
  if (municipal) {
    const told = coarse(brought.found)
    if (!told) return say('brought.title')
    return say('municipal.headline', { some: told.neighbours ?? say('municipal.few'), of: told.firstTimers })
  }
  const { neighbours } = brought
  return neighbours && neighbours.of >= fewestForShare
    ? say('brought.headline', { some: neighbours.some, of: neighbours.of })
    : say('brought.title')
}

function ForThePlace({ visit, seen }: Props) {
  const { lang } = visit
  const say = words(lang)
  const { tree, brought } = seen
  const { found } = brought
  const drawing = drawTree(tree, found.generation)
  return (
    <>
      <p class="soft">
        {say('brought.first', { count: found.firstTimers })}{' '}
        {found.brought.unknown > 0 && say('brought.unknown', { count: found.brought.unknown })}{' '}
        {say('brought.basis', { day: sayDate(tree.on, lang) })}
      </p>
      <Columns>
        <div class="stack">
          <Part id="tree" title={say('tree.title')}>
            {drawing ? <DrawnTree lang={lang} tree={tree} drawing={drawing} /> : <p>{say('tree.large')}</p>}
            {drawing && <TreeAsText lang={lang} tree={tree} generation={found.generation} />}
            <p class="soft small">{say('tree.namesWhy')}</p>
          </Part>
          <Links visit={visit} seen={seen} />
          <Spread visit={visit} seen={seen} />
        </div>
        <div class="stack">
          <Mine visit={visit} seen={seen} />
          <Numbers visit={visit} seen={seen} />
        </div>
      </Columns>
    </>
  )
}

function Mine({ visit, seen: { tree, brought, community } }: Props) {
  const say = words(visit.lang)
  if (tree.me === null) return null
  // What is told to one alone is not on the sheet that hangs on the board.
  return (
    <div class="not-printed">
      <Sheet title={say('brought.mineTitle')}>
        {brought.mine > 0 && (
          <p>
            {say('brought.mine', { count: brought.mine })} <span class="soft">{say('brought.mineOnly')}</span>
          </p>
        )}
        <p>
          {say(tree.names[tree.me] ? 'brought.nameStands' : 'brought.nameHow')}{' '}
          <a href={`/c/${community.slug}/me`}>{say('brought.nameLink')}</a>
        </p>
      </Sheet>
    </div>
  )
}

function Numbers({ visit, seen }: Props) {
  const say = words(visit.lang)
  const { found, neighbours, fromStaff } = seen.brought
  const { brought, neighbourShare, roots } = found
  const hidden = roots.unknown + roots.loop
  const large = neighbourShare.all >= fewestForPercent
  return (
    <>
      <Told id="neighbours" title={say('number.neighbours')}>
        <ShareSaid visit={visit} share={neighbours} of="number.someOf" />
        {large && brought.unknown > 0 && neighbourShare.low !== null && neighbourShare.high !== null && (
          <p>
            {say('number.unknownToo', {
              count: brought.unknown,
              low: ofHundred(neighbourShare.low),
              high: ofHundred(neighbourShare.high),
            })}
          </p>
        )}
        <Table
          caption={say('number.caption')}
          quiet
          columns={[say('number.how'), say('number.people')]}
          numbers={[1]}
          rows={[
            ...(['byNeighbours', 'byMunicipality', 'byAssociation', 'bySelf', 'unknown'] as const).map((how) => [
              say(`number.${how}`),
              String(brought[how]),
            ]),
            [say('number.all'), String(found.firstTimers)],
          ]}
        />
        {found.wide.length > 0 && (
          <p>
            {found.wide.map(({ used }) => `${say('number.wide', { count: used })} `)}
            <span class="soft">{say('number.wideWhy')}</span>
          </p>
        )}
        {found.loops.length > 0 && <p>{say('number.loops', { count: found.loops.length })}</p>}
      </Told>
      <Told id="roots" title={say('number.roots')}>
        <ShareSaid visit={visit} share={fromStaff} of="number.rootsOf" />
        <p>
          {hidden > 0 && say('number.rootsUnknown', { count: hidden })}{' '}
          <span class="soft">{say('number.rootsWhy')}</span>
        </p>
      </Told>
      <Again visit={visit} seen={seen} />
    </>
  )
}

/** How long the chains are, and how many carry them. */
function Links({ visit, seen: { brought } }: Props) {
  const say = words(visit.lang)
  const { found } = brought
  return (
    <Told id="links" title={say('number.generations')}>
      <p>
        {say('number.longest', { count: found.generations.length })} {say('number.bringers', { count: found.bringers })}{' '}
        {brought.unnamed > 0 && say('number.unnamed', { count: brought.unnamed })}
      </p>
      <Table
        caption={say('number.generations')}
        quiet
        columns={[say('number.link'), say('number.inLink')]}
        numbers={[1]}
        rows={found.generations.map((people, at) => [say('number.linkIs', { count: at + 1 }), String(people)])}
      />
      <p class="soft">{say('number.generationsWhy')}</p>
    </Told>
  )
}

function Told({ id, title, children }: { id: string; title: string; children?: Child }) {
  return (
    <section class="stack brought-number" id={id}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** A share with its base, and from ten people on as a part of a hundred with its interval. */
function ShareSaid({
  visit,
  share,
  of,
}: {
  visit: Visit
  share: Share | null
  of: 'number.someOf' | 'number.rootsOf'
}) {
  const say = words(visit.lang)
  if (!share || share.of < fewestForShare) return <p>{say('number.few')}</p>
  const { low, high } = share.interval
  return (
    <p>
      {say(of, { some: share.some, of: share.of })}{' '}
      {share.of < fewestForPercent
        ? say('number.fewForPercent')
        : say('number.percent', {
            percent: ofHundred(share.some / share.of),
            low: ofHundred(low),
            high: ofHundred(high),
          })}
    </p>
  )
}

/** What ten newcomers have brought, beside how much of the place has been reached: below ten is no defeat. */
function Again({ visit, seen: { brought } }: Props) {
  const say = words(visit.lang)
  const { again, reached, unnamed } = brought
  const mostlyUnnamed = unnamed > brought.found.neighbourShare.neighbours - unnamed
  const tens = (rate: number) => Math.round(rate * 10)
  return (
    <Told id="again" title={say('number.again')}>
      {again.estimate === null || again.interval === null || again.parents < fewestForPercent ? (
        <p>{say('number.noParents')}</p>
      ) : mostlyUnnamed ? (
        <p>{say('number.seldomKnown')}</p>
      ) : (
        <p>
          {say('number.tenTake', { count: tens(again.estimate) })}{' '}
          {say('number.tenBand', { low: tens(again.interval.low), high: tens(again.interval.high) })}{' '}
          {say('number.parents', { count: again.parents })}{' '}
          {again.younger > 0 && say('number.younger', { count: again.younger })}{' '}
          {unnamed > 0 && say('number.atLeast', { count: unnamed })}
        </p>
      )}
      <p>
        {reached ? say('number.reached', { people: reached.people, of: reached.of }) : say('number.notReached')}{' '}
        {reached &&
          reached.of >= fewestForPercent &&
          say('number.reachedPercent', { percent: ofHundred(reached.share) })}{' '}
        <span class="soft">{say('number.fewer')}</span>
      </p>
    </Told>
  )
}

function Spread({ visit, seen: { brought } }: Props) {
  const say = words(visit.lang)
  const { concentration, bringers, neighbourShare } = brought.found
  return (
    <Told id="spread" title={say('number.spread')}>
      {concentration === null || neighbourShare.neighbours - brought.unnamed < fewestForPercent ? (
        <p>{say('number.spreadFew')}</p>
      ) : (
        <p>
          {say(bringers === 1 ? 'number.spreadOne' : bringers <= 10 ? 'number.spreadTop' : 'number.spreadIs', {
            percent: ofHundred(concentration),
            count: bringers,
          })}{' '}
          <span class="soft">{say('number.spreadWhy')}</span>
        </p>
      )}
    </Told>
  )
}

/** Coarse figures of a quarter that is over, and no tree: a picture of a small place has names for those who know it. */
function ForTheMunicipality({ visit, seen: { brought, tree } }: Props) {
  const { lang } = visit
  const say = words(lang)
  const told = coarse(brought.found)
  if (!told)
    return (
      <EmptyState title={say('municipal.tooFew')}>
        {say('municipal.tooFewHow', { count: fewestForMunicipality })}
      </EmptyState>
    )
  const of = (people: number | null) => (people === null ? say('municipal.few') : String(people))
  return (
    <>
      <p class="soft">{say('municipal.why', { day: sayDate(tree.on, lang) })}</p>
      <Table
        caption={say('number.caption')}
        columns={[say('number.how'), say('number.people')]}
        numbers={[1]}
        rows={[
          [say('number.byNeighbours'), of(told.neighbours)],
          [say('number.byMunicipality'), of(told.municipality)],
          [say('number.all'), String(told.firstTimers)],
        ]}
      />
      <Table
        caption={say('number.generations')}
        columns={[say('number.link'), say('number.inLink')]}
        numbers={[1]}
        rows={told.generations.map((people, at) => [say('number.linkIs', { count: at + 1 }), of(people)])}
      />
    </>
  )
}
