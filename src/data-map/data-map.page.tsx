// The doors of the data map: what everybody is told of it, in plain words, and the map itself for the data protection officer.
import { Hono } from 'hono'
import { personOf, type Visit, type Visited } from '../access/visit.ts'
import { seeCommunities, seeMunicipality } from '../communities/community.deeds.ts'
import type { Community } from '../communities/community.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { frame } from '../communities/place-frame.ts'
import { refuse } from '../refusal.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { Facts, Part, Table } from '../ui/parts.tsx'
import { doorstep, municipalRoom } from '../ui/whose-room.tsx'
import { dataMap } from './data-map.ts'
import { groundOf, type Purpose, purposeKeys } from './purposes.ts'
import type { RuleCode } from './retention-rules.ts'
import { sayRule, words } from './words.ts'

export function dataMapPages(): Hono<Visited> {
  return new Hono<Visited>()
    .get('/privatliv', (c) => c.redirect('/privacy', 302))
    .get('/privacy', async (c) => {
      const visit = c.get('visit')
      const name = (await seeMunicipality(visit.actor))?.name
      return c.html(noticePage(visit, name, await seeCommunities(visit.actor)))
    })
    .get('/data-map', (c) => {
      if (personOf(c).role !== 'officer') refuse('not-found')
      return c.html(mapPage(c.get('visit')))
    })
}

/** The rules under which something of this use is kept. */
const rulesFor = (purpose: Purpose): RuleCode[] => [
  ...new Set(dataMap.filter((one) => one.purpose === purpose).map(({ keep }) => keep)),
]

function noticePage(visit: Visit, named: string | undefined, places: readonly Community[]): string {
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
                  [say('notice.long'), rulesFor(purpose).map((rule) => <p>{sayRule(lang, rule)}</p>)],
                ]}
              />
            </details>
          )
        })}
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
        <p>{say('notice.authority')}</p>
      </Part>
    </Page>,
  )
}

/** Every table once for each use of it; the columns by their own names. */
function mapPage(visit: Visit): string {
  const { lang } = visit
  const say = words(lang)
  const rows = new Map<string, { columns: string[]; one: (typeof dataMap)[number] }>()
  for (const one of dataMap) {
    const key = `${one.table} ${one.purpose} ${one.keep}`
    const row = rows.get(key) ?? { columns: [], one }
    row.columns.push(one.column)
    rows.set(key, row)
  }
  return renderPage(
    <Page
      {...frame(visit, '/data-map', municipalRoom())}
      title={say('map.title')}
      lead={say('map.lead')}
      robots="noindex"
    >
      <p>{say('map.how')}</p>
      <Table
        caption={say('map.title')}
        quiet
        columns={[say('map.what'), say('map.purpose'), say('map.law'), say('map.long'), say('map.room')]}
        rows={[...rows.values()].map(({ columns, one }) => [
          `${one.table}: ${columns.join(', ')}`,
          say(`purpose.${one.purpose}.title`),
          say(`basis.${groundOf(one.purpose).municipality}.law`),
          sayRule(lang, one.keep),
          say(`room.${one.room}`),
        ])}
      />
    </Page>,
  )
}
