// The paper twin of Mine oplysninger: a key holder prints what is kept of a neighbour without an account, and takes them out when they say so.
import { type Context, Hono } from 'hono'
import { proveFirst } from '../access/prove-first.ts'
import { hasProved } from '../access/session.deeds.ts'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import { sayDayAndTime } from '../communities/times.ts'
import { readToldBy } from '../people/person.ts'
import { Actions, Button, ButtonLink, Choice, type Problem, problemOf } from '../ui/forms.tsx'
import { Notice } from '../ui/notices.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Sheet } from '../ui/parts.tsx'
import { aboutPiece, sayNotHere } from './export.ts'
import type { Counts } from './forget.deeds.ts'
import { CountsSaid, WhatGoes } from './leave.page.tsx'
import { cornersOf } from './mine.ts'
import { Kinds, Looks } from './own.page.tsx'
import { type KeptSeen, type OutSeen, seeKept, seeOut, takeOut } from './paper.deeds.ts'
import { words } from './words.ts'

const doors = { kept: '/c/:slug/people/:id/kept', out: '/c/:slug/people/:id/out' } as const

/** To be hung under the limits of Mine oplysninger. */
export const paperDoors = Object.values(doors)

export function paperPages(): Hono<Visited> {
  const pages = new Hono<Visited>()
  pages.get(doors.kept, async (c) => {
    const { slug, id } = c.req.param()
    const visit = c.get('visit')
    return c.html(keptPage(visit, await seeKept(visit.actor, slug, id)))
  })
  const see = (c: Context<Visited, typeof doors.out>) => {
    const { slug, id } = c.req.param()
    return seeOut(c.get('visit').actor, slug, id)
  }
  pages.get(doors.out, async (c) => {
    const seen = await see(c)
    return hasProved(personOf(c)) ? c.html(outPage(c.get('visit'), seen)) : proveFirst(c, c.req.path)
  })
  pages.post(doors.out, async (c) => {
    const { slug, id } = c.req.param()
    const visit = c.get('visit')
    const seen = await see(c)
    const said = readToldBy(new URLSearchParams(await c.req.text()).get('toldBy'))
    if (!said) return c.html(outPage(visit, seen, words(visit.lang)('paper.missing')), 400)
    return c.html(donePage(visit, seen, await takeOut(personOf(c), slug, id)))
  })
  return pages
}

function keptPage(visit: Visit, seen: KeptSeen): string {
  const { lang, house } = visit
  const { community, person, municipality, theirsAlone } = seen
  const { name } = person
  const say = words(lang)
  const here = `/c/${community.slug}/people/${person.id}`
  const when = sayDayAndTime(house.clock.now(), community.timeZone, lang, new Date(0))
  const kinds = cornersOf(seen.rows, 'community').flatMap((corner) => corner.kinds)
  return renderPage(
    <Page
      {...placeFrame(visit, community, `${here}/kept`, 'keyholders')}
      title={say('export.madeFor', { name })}
      heading={<OwnWords text={say('export.madeFor', { name })} />}
      lead={say('export.made', { when })}
      robots="noindex"
    >
      <div class="no-print">
        <p>
          <OwnWords text={say('paper.toPrint', { name })} />
        </p>
        <p>
          <a href={here}>{say('paper.back')}</a>
        </p>
      </div>
      <Looks lang={lang} seen={seen} most={Number.POSITIVE_INFINITY} />
      <Part id="place" title={<OwnWords text={say('room.community', { place: community.name })} />}>
        <p>
          {community.keeper === null ? (
            say('room.interim', { municipality: municipality.name })
          ) : (
            <OwnWords text={say('room.association', { association: community.keeper })} />
          )}
        </p>
        <Kinds lang={lang} kinds={kinds} timeZone={community.timeZone} paper />
      </Part>
      {theirsAlone.length > 0 && (
        <Part id="yours-alone" title={say('paper.alone')}>
          <p>{say('paper.aloneWhat')}</p>
          <div class="mine-kinds">
            {theirsAlone.map((piece) => {
              const about = aboutPiece(lang, piece)
              return (
                <section class="mine-kind">
                  <h3>{about.what}</h3>
                  <Facts
                    facts={[
                      [say('kind.why'), about.why],
                      [say('kind.kept'), about.kept],
                      [say('kind.seen'), about.seen],
                    ]}
                  />
                </section>
              )
            })}
          </div>
        </Part>
      )}
      <Part id="mend" title={say('paper.mend')}>
        <p>{say('paper.mendWhat')}</p>
      </Part>
      <Part id="not-here" title={say('notHere.title')}>
        <ul>
          {sayNotHere(lang).map((one) => (
            <li>{one}</li>
          ))}
          <li>{say('paper.letters')}</li>
        </ul>
      </Part>
      <p class="no-print">
        <a href={`${here}/out`}>
          <OwnWords text={say('paper.toOut', { name })} />
        </a>
      </p>
    </Page>,
  )
}

function outPage(visit: Visit, { community, person, counts }: OutSeen, missing?: string): string {
  const { lang } = visit
  const { name } = person
  const say = words(lang)
  const here = `/c/${community.slug}/people/${person.id}`
  const problems: Problem[] = missing === undefined ? [] : [{ field: 'toldBy', message: missing }]
  const title = say('paper.outTitle', { name, place: community.name })
  return renderPage(
    <Page
      {...placeFrame(visit, community, `${here}/out`, 'keyholders')}
      title={title}
      heading={<OwnWords text={title} />}
      lead={say('paper.outLead', { name })}
      problems={problems}
      robots="noindex"
    >
      <WhatGoes lang={lang} counts={counts} onPaper />
      <Sheet title={say('paper.first')}>
        <Notice lang={lang} kind="warn">
          <OwnWords text={say('paper.only', { name })} />
        </Notice>
        <form method="post" action={`${here}/out`} novalidate>
          <Choice
            lang={lang}
            name="toldBy"
            plain
            legend={<OwnWords text={say('paper.told', { name })} />}
            options={[
              { value: 'paper', label: say('paper.onPaper') },
              { value: 'voice', label: say('paper.aloud') },
            ]}
            error={problemOf(problems, 'toldBy')}
          />
          <Actions>
            <Button kind="danger">
              <OwnWords text={say('paper.do', { name })} />
            </Button>
            <ButtonLink kind="quiet" href={here}>
              {say('one.not')}
            </ButtonLink>
            <ButtonLink kind="quiet" href={`${here}/kept`}>
              {say('paper.print')}
            </ButtonLink>
          </Actions>
        </form>
      </Sheet>
    </Page>,
  )
}

/** What was done, with no name on it. */
function donePage(visit: Visit, { community }: OutSeen, counts: Counts): string {
  const { lang, house } = visit
  const say = words(lang)
  const when = sayDayAndTime(house.clock.now(), community.timeZone, lang, new Date(0))
  const people = `/c/${community.slug}/people`
  return renderPage(
    <Page
      {...placeFrame(visit, community, people, 'keyholders')}
      title={say('paper.done')}
      lead={say('paper.doneWhat')}
      robots="noindex"
    >
      <Part id="done" title={say('deleted.what', { when })}>
        <CountsSaid lang={lang} counts={counts} none={say('deleted.nothing')} />
      </Part>
      <Part id="rest" title={say('delete.rest')}>
        <p>{say('delete.restCounts')}</p>
        <p>{say('delete.backupWhat')}</p>
      </Part>
      <p class="no-print">
        <a href={people}>{say('paper.toPeople')}</a>
      </p>
    </Page>,
  )
}
