// Everything of a place that the one who looks may take along, as files and for other programs.
import type { Child } from 'hono/jsx'
import type { Visit } from '../access/visit.ts'
import { OwnWords } from '../communities/own-words.tsx'
import { placeFrame } from '../communities/place-frame.ts'
import type { PlaceSeen } from '../desks/desk.deeds.ts'
import { Page, renderPage } from '../ui/page.tsx'
import { Part, Table } from '../ui/parts.tsx'
import { words } from './words.ts'

type Row = readonly [what: string, who: string, href: string, kind: string]

export function dataPage(visit: Visit, { community }: PlaceSeen): string {
  const { lang, person } = visit
  const say = words(lang)
  const { slug } = community
  const api = `/api/v1/communities/${slug}`
  const role = person?.places.find((place) => place.community === community.id)?.role
  const rows: Row[] = [
    [say('data.meetings'), say('data.all'), `${api}/meetings?format=csv`, say('data.csv')],
    [say('data.calendar'), say('data.all'), `/c/${slug}/calendar.ics`, say('data.ics')],
    [say('data.places'), say('data.all'), '/api/v1/communities?format=csv', say('data.csv')],
  ]
  if (role)
    rows.push(
      [say('data.contacts'), say('data.members'), `${api}/contacts?format=csv`, say('data.csv')],
      [say('data.vcards'), say('data.members'), `/c/${slug}/contacts.vcf`, say('data.vcf')],
      [say('data.numbers'), say('data.members'), `${api}/numbers?format=csv`, say('data.csv')],
    )
  return renderPage(
    <Page
      {...placeFrame(visit, community, `/c/${slug}/data`, 'all')}
      title={`${say('data.title')} · ${community.name}`}
      heading={say('data.title')}
      eyebrow={<OwnWords text={community.name} />}
      lead={say('data.lead', { place: community.name })}
    >
      <Part id="files" title={say('data.files')}>
        <Table
          caption={say('data.files')}
          quiet
          columns={[say('data.file'), say('data.who'), say('data.get')]}
          rows={rows.map(([what, who, href, kind]): Child[] => [
            what,
            who,
            <a href={href} aria-label={`${what}: ${kind}`}>
              {kind}
            </a>,
          ])}
        />
        {person && (
          <p>
            <a href="/mine">{say('data.toMine')}</a>
          </p>
        )}
      </Part>
      <Part id="programs" title={say('data.others')}>
        <p>{say('data.apiWhat')}</p>
        <ul>
          <li>
            <a href="/api/v1">{`${visit.origin}/api/v1`}</a>
          </li>
          {person && (
            <li>
              <a href="/me/api">{say('data.toKeys')}</a>
            </li>
          )}
          {role === 'keyholder' && (
            <li>
              <a href={`/c/${slug}/webhooks`}>{say('data.toHooks')}</a>
            </li>
          )}
        </ul>
      </Part>
    </Page>,
  )
}
