// The doors of the data map: what everybody is told of it, in plain words, and for the data protection officer the map, the record and the draft.
import { type Context, Hono } from 'hono'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { seeCommunities, seeCommunity, seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import type { PrivacyConfig } from '../config-privacy.ts'
import { csvText } from '../meetings/record/csv.ts'
import { refuse } from '../refusal.ts'
import { Actions, ButtonLink } from '../ui/forms.tsx'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part } from '../ui/parts.tsx'
import { doorstep, municipalRoom, type Room, roomOf } from '../ui/whose-room.tsx'
import { dataMap } from './data-map.ts'
import { dpiaPaper } from './dpia.ts'
import { mapPage } from './map.tsx'
import { noticeOnPaper } from './notice.ts'
import type { Paper } from './paper.ts'
import { PaperShown } from './paper-shown.tsx'
import { groundOf, type Purpose, purposeKeys } from './purposes.ts'
import { type Answering, contactOf, recordPaper, recordRows } from './record.ts'
import type { RuleCode } from './retention-rules.ts'
import { sayRule, words } from './words.ts'

type At = Context<Visited>

/** For everybody but the data protection officer these are not there. */
function officer(c: At): Visit {
  if (personOf(c).role !== 'officer') refuse('not-found')
  return c.get('visit')
}

export function dataMapPages(privacy: PrivacyConfig): Hono<Visited> {
  const file = (c: At, who: Answering) =>
    c.body(csvText(recordRows(c.get('visit').lang, who)), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="oplive-record.csv"',
    })
  return new Hono<Visited>()
    .get('/privatliv', (c) => c.redirect('/privacy', 302))
    .get('/privacy', async (c) => {
      const visit = c.get('visit')
      const name = (await seeMunicipality(visit.actor))?.name
      return c.html(noticePage(visit, name, await seeCommunities(visit.actor), privacy))
    })
    .get('/privacy/paper', async (c) => {
      const visit = c.get('visit')
      const name = (await seeMunicipality(visit.actor))?.name ?? words(visit.lang)('notice.municipality')
      return c.html(paperPage(visit, '/privacy/paper', doorstep, noticeOnPaper(visit.lang, name, privacy)))
    })
    .get('/data-map', (c) => c.html(mapPage(officer(c), c.req.query('room'), c.req.query('purpose'))))
    .get('/data-map/record', async (c) => {
      const visit = officer(c)
      const paper = recordPaper(visit.lang, await municipalityAnswers(visit, privacy))
      return c.html(paperPage(visit, '/data-map/record', municipalRoom('officer'), paper, '/data-map/record.csv'))
    })
    .get('/data-map/record.csv', async (c) => file(c, await municipalityAnswers(officer(c), privacy)))
    .get('/data-map/dpia', async (c) => {
      const visit = officer(c)
      const paper = dpiaPaper(visit.lang, await municipalityAnswers(visit, privacy))
      return c.html(paperPage(visit, '/data-map/dpia', municipalRoom('officer'), paper))
    })
    .get('/c/:slug/data-record', async (c) => {
      const visit = c.get('visit')
      const { community, who } = await placeAnswers(visit, c.req.param('slug'), privacy)
      const path = `/c/${community.slug}/data-record`
      return c.html(paperPage(visit, path, roomOf(community, 'all'), recordPaper(visit.lang, who), `${path}.csv`))
    })
    .get('/c/:slug/data-record.csv', async (c) =>
      file(c, (await placeAnswers(c.get('visit'), c.req.param('slug'), privacy)).who),
    )
}

async function municipalityAnswers({ actor, lang }: Visit, privacy: PrivacyConfig): Promise<Answering> {
  const name = (await seeMunicipality(actor))?.name ?? words(lang)('notice.municipality')
  const places = await seeCommunities(actor)
  return {
    kind: 'municipality',
    name,
    municipality: name,
    privacy,
    interim: places.filter(({ keeper }) => keeper === null).map((one) => one.name),
    forOthers: places.flatMap((one) => (one.keeper === null ? [] : [{ place: one.name, keeper: one.keeper }])),
  }
}

/** The record of the association that keeps a room. Nothing personal stands in it, so everybody may read it; where nobody has taken over, there is none. */
async function placeAnswers({ actor, lang }: Visit, slug: string, privacy: PrivacyConfig) {
  const { community } = await seeCommunity(actor, slug)
  if (community.keeper === null) return refuse('not-found')
  const municipality = (await seeMunicipality(actor))?.name ?? words(lang)('notice.municipality')
  const who: Answering = {
    kind: 'association',
    name: community.keeper,
    municipality,
    privacy,
    interim: [],
    forOthers: [],
  }
  return { community, who }
}

function paperPage(visit: Visit, path: string, room: Room, paper: Paper, csv?: string): string {
  return renderPage(
    <Page
      {...frame(visit, path, room)}
      title={paper.title}
      heading={<OwnWords text={paper.title} />}
      lead={paper.lead}
      robots="noindex"
    >
      {csv && (
        <div class="no-print">
          <Actions>
            <ButtonLink kind="quiet" href={csv} download="oplive-record.csv">
              {words(visit.lang)('map.csv')}
            </ButtonLink>
          </Actions>
        </div>
      )}
      <PaperShown paper={paper} />
    </Page>,
  )
}

/** The rules under which something of this use is kept. */
const rulesFor = (purpose: Purpose): RuleCode[] => [
  ...new Set(dataMap.filter((one) => one.purpose === purpose).map(({ keep }) => keep)),
]

function noticePage(
  visit: Visit,
  named: string | undefined,
  places: readonly Community[],
  privacy: PrivacyConfig,
): string {
  const { lang } = visit
  const say = words(lang)
  const municipality = named ?? say('notice.municipality')
  return renderPage(
    <Page {...frame(visit, '/privacy', doorstep)} title={say('notice.title')} lead={say('notice.lead')}>
      <Part id="who" title={say('notice.who')}>
        <Facts
          facts={[
            [say('room.book'), say('notice.you', { municipality })],
            ...places.map(
              ({ name, keeper }) =>
                [
                  <OwnWords text={`${say('room.community')}: ${name}`} />,
                  <OwnWords text={keeper ?? say('notice.interim', { municipality })} />,
                ] as const,
            ),
            [say('room.municipal'), municipality],
            [say('room.entry'), municipality],
          ]}
        />
        <p>{say('notice.runs', { municipality })}</p>
      </Part>
      <Part id="uses" title={say('notice.uses')}>
        {purposeKeys.map((purpose) => {
          const ground = groundOf(purpose)
          return (
            <details>
              <summary>{say(`purpose.${purpose}.title`)}</summary>
              <Facts
                facts={[
                  [say('notice.why'), say(`purpose.${purpose}.why`)],
                  [
                    say('notice.law'),
                    `${say(`basis.${ground.municipality}.plain`)} ${say(`basis.${ground.municipality}.law`)}`,
                  ],
                  ...(ground.association && ground.association !== ground.municipality
                    ? [
                        [
                          say('notice.lawAssociation'),
                          `${say(`basis.${ground.association}.plain`)} ${say(`basis.${ground.association}.law`)}`,
                        ] as const,
                      ]
                    : []),
                  [say('notice.long'), rulesFor(purpose).map((rule) => <p>{sayRule(lang, rule, purpose)}</p>)],
                ]}
              />
            </details>
          )
        })}
      </Part>
      <Part id="recipients" title={say('notice.see2')}>
        <p>{say('notice.recipients', { runner: privacy.processor ?? municipality })}</p>
        <p>{say('notice.abroad')}</p>
      </Part>
      <Part id="named" title={say('notice.named')}>
        <p>{say('notice.namedWhat')}</p>
      </Part>
      <Part id="never" title={say('notice.never')}>
        <ul>
          <li>{say('notice.cpr')}</li>
          <li>{say('notice.machine')}</li>
        </ul>
        <p>{say('notice.sell')}</p>
      </Part>
      <Part id="rights" title={say('notice.rights')}>
        <ul>
          <li>
            <a href="/mine">{say('notice.see')}</a>
          </li>
          <li>
            <a href="/mine/object">{say('notice.object')}</a>
          </li>
        </ul>
        <p>{say('notice.noMore')}</p>
        <p>{say('notice.paper')}</p>
        <p>{say('notice.need')}</p>
      </Part>
      <Part id="talk" title={say('notice.talk')}>
        <p>{say('notice.officer', { municipality })}</p>
        <p>
          {privacy.dpoMail || privacy.dpoPhone
            ? say('notice.contact', { contact: contactOf(lang, privacy) })
            : say('notice.noContact')}
        </p>
        <p>{say('notice.authority')}</p>
        <p>
          <a href="/privacy/paper">{say('notice.toPaper')}</a>
        </p>
      </Part>
    </Page>,
  )
}
